package dev.facet.model.selfcheck;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import dev.facet.model.DualEncoder;
import dev.facet.model.ops.Recording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One way through a model as it stands, adapters included: what it calls for a batch.
 *
 * @param name what goes through: pictures, captions, or pairs of both
 * @param calls in order
 * @param learns whether training records this way for gradients
 * @param shapes of the weights by name
 * @param imageTokens that a block sees of a picture
 * @param textTokens at most, of a caption
 */
record Pass(
    String name,
    List<Recording.Call> calls,
    boolean learns,
    Map<String, long[]> shapes,
    int imageTokens,
    int textTokens) {
  public Pass {
    calls = List.copyOf(calls);
  }

  /**
   * The ways through a model, noted by running its code without computing anything.
   *
   * @param training whether some of each picture's tokens may be dropped
   */
  public static List<Pass> of(DualEncoder model, boolean training) {
    Map<String, NDArray> weights = model.weightsAndAdapters();
    NDArray input = model.manager().create(0f);
    Map<String, long[]> shapes = shapes(model);
    return model.passes().stream()
        .map(
            each ->
                new Pass(
                    each.name(),
                    Recording.of(input, weights, () -> each.run().apply(input)),
                    each.learns(),
                    shapes,
                    model.vision().tokens(training),
                    model.config().contextLength()))
        .toList();
  }

  private static Map<String, long[]> shapes(DualEncoder model) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (Parameter each : model.getParameters().values()) {
      shapes.put(each.getName(), each.getShape().getShape());
    }
    return shapes;
  }
}
