package dev.facet.model.flip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.facet.model.ops.FlipOps;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/** What FLIP computes for a batch, under the names of reference files made with its own code. */
final class FlipOutputs {
  private FlipOutputs() {}

  /** Adds to the outputs that every dual encoder has. */
  static SequencedMap<String, NDArray> of(
      Flip model, NDArray pixels, NDArray ids, SequencedMap<String, NDArray> outputs) {
    NDArray hidden = model.imageHidden(pixels, false);
    NDArray images = named(outputs, "image_features_norm");
    NDArray texts = named(outputs, "text_features_norm");
    NDArray encoded = model.withEncoderToken(ids);
    outputs.put("image_hidden", hidden);
    outputs.put("text_hidden", named(outputs, "hidden.text." + model.sizes().text().layers()));
    outputs.put("image_proj", named(outputs, "image_features"));
    outputs.put("text_proj", named(outputs, "text_features"));
    outputs.put("image_embeds", images);
    outputs.put("text_embeds", texts);
    outputs.put("sim_i2t", images.matMul(texts.transpose()));
    outputs.put("sim_i2t_over_temp", named(outputs, "logits_per_image"));
    outputs.put("multimodal_hidden_matched", model.fuse(hidden, encoded, false));
    outputs.put("itm_logits_matched", model.matchLogits(hidden, encoded, false));
    outputs.put("itm_logits_all_enc", allPairs(model, hidden, encoded));
    outputs.put("itm_logits_all_rawids", allPairs(model, hidden, ids));
    return outputs;
  }

  private static NDArray named(Map<String, NDArray> outputs, String name) {
    return Objects.requireNonNull(outputs.get(name), name);
  }

  /** Every picture with every caption: [N, M, 2]. */
  private static NDArray allPairs(Flip model, NDArray hidden, NDArray ids) {
    NDList rows = new NDList();
    for (long picture = 0; picture < hidden.getShape().get(0); picture++) {
      long[] same = new long[(int) ids.getShape().get(0)];
      Arrays.fill(same, picture);
      rows.add(
          model.matchLogits(FlipOps.get().rows(hidden.getManager(), hidden, same), ids, false));
    }
    return NDArrays.stack(rows);
  }
}
