package dev.facet.model;

import ai.djl.ndarray.NDArray;
import dev.facet.model.layers.Encoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** What any dual encoder computes for a batch, under the names of reference files. */
final class Outputs {
  private Outputs() {}

  static SequencedMap<String, NDArray> of(DualEncoder model, NDArray pixels, NDArray ids) {
    SequencedMap<String, NDArray> outputs = new LinkedHashMap<>();
    NDArray images = features("hidden.vision.", model, model.vision(), pixels, outputs);
    NDArray texts = features("hidden.text.", model, model.text(), ids, outputs);
    NDArray imageUnits = model.vision().compared(images);
    NDArray textUnits = model.text().compared(texts);
    outputs.put("image_features", images);
    outputs.put("text_features", texts);
    outputs.put("image_features_norm", imageUnits);
    outputs.put("text_features_norm", textUnits);
    outputs.put("logits_per_image", model.logits(imageUnits, textUnits));
    return outputs;
  }

  private static NDArray features(
      String prefix,
      DualEncoder model,
      Encoder tower,
      NDArray input,
      Map<String, NDArray> outputs) {
    return tower.traced(
        model.store(), input, (number, tokens) -> outputs.put(prefix + number, tokens));
  }
}
