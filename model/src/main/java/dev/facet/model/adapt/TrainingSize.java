package dev.facet.model.adapt;

import ai.djl.nn.Parameter;
import dev.facet.model.Architecture;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.layers.Encoder;
import dev.facet.model.layers.TransformerLayer;
import java.util.List;

/**
 * How large training a model is, told without making it.
 *
 * @param weights all of them
 * @param trained those that learn
 * @param kept about how many numbers are kept of each pair, a picture and a caption of full length,
 *     from the forward pass to the backward pass
 * @param width of the joint space
 */
public record TrainingSize(long weights, long trained, long kept, int width) {
  /**
   * Numbers that a layer keeps of a token, in widths. Its input, both norms, queries, keys and
   * values, what attention gives, the sum after it, and both sides of the activation, which are
   * four widths each, are 16; runs of 64 and 256 pairs differed by 21 (docs/benchmarks.md).
   */
  private static final int KEPT_BY_LAYER = 21;

  /** A layer has about so many weights for each square of its width: 4 in attention, 8 after it. */
  private static final int WEIGHTS_OF_LAYER = 12;

  /**
   * Looks at the shapes of a model's weights.
   *
   * @throws dev.facet.base.FacetException as {@link Adapting#apply}, {@link WeightGroups#of} and
   *     the sizes themselves
   */
  public static TrainingSize of(
      Architecture sizes, ModelOptions options, Adaptation wanted, List<WeightGroup> groups) {
    try (DualEncoder model = DualEncoder.declare(sizes, options)) {
      Adapting.apply(model, wanted);
      WeightGroups.of(model, groups, 1);
      long weights = 0;
      long trained = 0;
      for (Parameter each : model.getParameters().values()) {
        long size = each.getShape().size();
        weights += size;
        trained += each.requiresGradient() ? size : 0;
      }
      long kept =
          kept(model.vision(), model.vision().tokens(true), options)
              + kept(model.text(), sizes.contextLength(), options);
      return new TrainingSize(weights, trained, kept, sizes.embedDim());
    }
  }

  private static long kept(Encoder tower, int tokens, ModelOptions options) {
    if (!tower.learns()) {
      return 0;
    }
    long all = 0;
    long widest = 0;
    long inputs = 0;
    for (TransformerLayer layer : tower.blocks()) {
      long weights =
          layer.getParameters().values().stream().mapToLong(each -> each.getShape().size()).sum();
      long width = Math.round(Math.sqrt((double) weights / WEIGHTS_OF_LAYER));
      all += KEPT_BY_LAYER * width * tokens;
      widest = Math.max(widest, KEPT_BY_LAYER * width * tokens);
      inputs += width * tokens;
    }
    return options.recompute() ? inputs + widest : all;
  }
}
