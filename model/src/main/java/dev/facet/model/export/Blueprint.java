package dev.facet.model.export;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import dev.facet.model.Architecture;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.ops.Precision;
import dev.facet.model.ops.Recording;
import java.util.List;
import java.util.Map;

/**
 * What the towers of an architecture compute in float32 to get unit vectors, as calls of operations
 * on weights by name.
 *
 * @param images from pixels [N, 3, S, S] float32
 * @param texts from ids [N, T] int64
 */
record Blueprint(List<Recording.Call> images, List<Recording.Call> texts) {

  /** Notes what a model of this architecture calls; no weight gets values or memory for it. */
  public static Blueprint of(Architecture config) {
    ModelOptions options = ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32);
    try (DualEncoder model = DualEncoder.declare(config, options)) {
      for (Parameter parameter : model.getParameters().values()) {
        parameter.setInitializer((manager, shape, type) -> manager.create(0f));
      }
      model.initialize();
      Map<String, NDArray> weights = model.weights();
      NDArray input = model.manager().create(0f);
      return new Blueprint(
          Recording.of(input, weights, () -> model.encodeImages(input, false)),
          Recording.of(input, weights, () -> model.encodeTexts(input, false)));
    }
  }
}
