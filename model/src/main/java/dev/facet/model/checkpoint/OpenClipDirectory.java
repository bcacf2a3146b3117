package dev.facet.model.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.model.Architecture;
import dev.facet.model.DualEncoder;
import dev.facet.model.OpenClipForm;
import dev.facet.model.config.OpenClipFile;
import dev.facet.model.names.NameRule;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.tensors.WeightWriter;
import dev.facet.model.text.CaptionCleanup;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    ObjectNode config = OpenClipJson.of(model.config(), preprocessing, captions);
    Files.writeString(
        directory.resolve(OpenClipFile.FILE), Json.PRETTY.writeValueAsString(config) + "\n");
    SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt");
    WeightWriter outgoing = new WeightWriter(writer, type);
    try (NDManager scope = model.manager().newSubManager()) {
      Map<String, NDArray> weights = model.merged(scope);
      for (NameRule rule : WeightNames.openClip(model.config(), false)) {
        outgoing.add(rule, weights);
      }
      writer.write(directory.resolve(WEIGHTS));
    }
  }

  /** What open_clip makes of such a model in another way than Facet does, if anything. */
  public static Optional<String> difference(Architecture config) {
    return config.openClip().flatMap(OpenClipForm::difference);
  }
}
