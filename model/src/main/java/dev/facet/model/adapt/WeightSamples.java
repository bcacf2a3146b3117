package dev.facet.model.adapt;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import dev.facet.model.DualEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Numbers out of the weights that learn, spread evenly over each part of a model. */
public final class WeightSamples {
  private WeightSamples() {}

  /**
   * The numbers by part, {@code image_tower} and so on; a part where nothing learns has none.
   *
   * @param most numbers of each part, at least one
   */
  public static Map<String, float[]> of(DualEncoder model, int most) {
    Map<String, float[]> samples = new LinkedHashMap<>();
    for (ModelPart part : ModelPart.values()) {
      List<Parameter> learned =
          part.parameters(model).filter(Parameter::requiresGradient).distinct().toList();
      if (!learned.isEmpty()) {
        samples.put(part.text(), sample(learned, most));
      }
    }
    return samples;
  }

  private static float[] sample(List<Parameter> weights, int most) {
    long size = weights.stream().mapToLong(weight -> weight.getArray().size()).sum();
    long every = Math.ceilDiv(size, most);
    List<float[]> pieces = new ArrayList<>();
    int count = 0;
    long next =
        0; // in the weight at hand, so that a row of small ones gives no more than its share
    for (Parameter weight : weights) {
      long numbers = weight.getArray().size();
      if (next < numbers) {
        // A slice, so that of large weights no more than the sample leaves the device.
        try (NDArray flat = weight.getArray().flatten();
            NDArray some = flat.get(String.format(Locale.ROOT, "%d::%d", next, every))) {
          float[] piece = some.toFloatArray();
          pieces.add(piece);
          count += piece.length;
          next += every * piece.length;
        }
      }
      next -= numbers;
    }
    float[] all = new float[count];
    int at = 0;
    for (float[] piece : pieces) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    return all;
  }
}
