package dev.facet.model;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.model.names.Rule;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

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
   * @param type F32, exact to the bit, or F16 or BF16, rounded to the nearest
   * @param tokenizer whether a {@code tokenizer.json} will stand beside them
   * @throws dev.facet.base.FacetException usage, if open_clip has no such model
   */
  public static void write(
      DualEncoder model,
      Preprocessing preprocessing,
      TensorType type,
      boolean tokenizer,
      Path directory)
      throws IOException {
    ObjectNode config = OpenClipJson.of(model.config(), preprocessing, tokenizer);
    Files.writeString(
        directory.resolve(OpenClipConfig.FILE), Json.PRETTY.writeValueAsString(config) + "\n");
    SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt");
    Outgoing outgoing = new Outgoing(writer, type);
    Map<String, NDArray> weights = model.weights();
    for (Rule rule : Naming.openClip(model.config(), false)) {
      outgoing.add(rule, weights);
    }
    writer.write(directory.resolve(WEIGHTS));
  }
}
