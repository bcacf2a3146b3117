package dev.facet.model;

/**
 * The sizes of one transformer.
 *
 * @param width features per token
 * @param layers blocks
 * @param heads attention heads; divides the width
 * @param mlpWidth features between the two linear maps of a block
 */
public record Tower(int width, int layers, int heads, int mlpWidth) {
  /** The usual block, four times as wide inside. */
  public static Tower of(int width, int layers, int heads) {
    return new Tower(width, layers, heads, 4 * width);
  }
}
