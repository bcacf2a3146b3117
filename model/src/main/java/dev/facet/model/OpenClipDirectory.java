package dev.facet.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.model.names.Rule;
import dev.facet.model.ops.Activation;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.text.CaptionCleanup;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model as a folder that open_clip opens: {@code open_clip_config.json} and {@code
 * open_clip_model.safetensors}. Reading one is {@link ModelDirectory#open}.
 */
public final class OpenClipDirectory {
  public static final String WEIGHTS = "open_clip_model.safetensors";

  private OpenClipDirectory() {}

  /**
   * Writes config and weights into an existing folder.
   *
   * @param captions how captions are cleaned up for the {@code tokenizer.json} that will stand
   *     beside them; null if none will
   * @param type F32, exact to the bit, or F16 or BF16, rounded to the nearest
   * @throws FacetException usage, if open_clip has no such model
   */
  public static void write(
      DualEncoder model,
      Preprocessing preprocessing,
      @Nullable CaptionCleanup captions,
      TensorType type,
      Path directory)
      throws IOException {
    List<Rule> rules = Naming.openClip(model.config(), false);
    if (rules.isEmpty()) {
      throw FacetException.usage(
          "open_clip has no model of type "
              + model.config().type()
              + "; export it with --to huggingface or --to torchscript");
    }
    ObjectNode config = OpenClipJson.of(model.config(), preprocessing, captions);
    Files.writeString(
        directory.resolve(OpenClipConfig.FILE), Json.PRETTY.writeValueAsString(config) + "\n");
    SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt");
    Outgoing outgoing = new Outgoing(writer, type);
    try (NDManager scope = model.manager().newSubManager()) {
      Map<String, NDArray> weights = model.merged(scope);
      for (Rule rule : rules) {
        outgoing.add(rule, weights);
      }
      writer.write(directory.resolve(WEIGHTS));
    }
  }

  /** What open_clip makes of such a model in another way than Facet does, if anything. */
  public static Optional<String> difference(Architecture config) {
    if (!(config instanceof SiglipConfig siglip)) {
      return Optional.empty();
    }
    Optional<TimmSiglip> known = TimmSiglip.sized(siglip);
    if (known.isEmpty()) {
      return Optional.of(
          "timm has no SigLIP image tower of these sizes, so open_clip cannot build this model;"
              + " Facet can open it again");
    }
    Activation own = siglip.vision().activation();
    Activation theirs = known.get().tower().activation();
    return own == theirs
        ? Optional.empty()
        : Optional.of(
            "open_clip computes the image tower of %s with %s, this model has %s; features differ by some 1e-4"
                .formatted(known.get().label(), theirs.label(), own.label()));
  }
}
