package dev.facet.model.config;

import dev.facet.model.ops.Activation;

/**
 * The sizes of one transformer.
 *
 * @param width features per token
 * @param layers blocks
 * @param heads attention heads; divides the width
 * @param mlpWidth features between the two linear maps of a block
 * @param activation between the two
 * @param normEps epsilon of every layer normalisation
 */
public record TowerSize(
    int width, int layers, int heads, int mlpWidth, Activation activation, double normEps) {
  /** OpenAI's block: four times as wide inside, quick-GELU. */
  public static TowerSize of(int width, int layers, int heads) {
    return new TowerSize(width, layers, heads, 4 * width, Activation.QUICK_GELU, 1e-5);
  }
}
