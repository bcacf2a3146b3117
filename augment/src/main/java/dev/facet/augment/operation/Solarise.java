package dev.facet.augment.operation;

import dev.facet.augment.canvas.Canvas;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;

/**
 * Inverts all levels from a threshold on, as an overexposed plate does: torchvision's {@code
 * solarize}.
 *
 * @param threshold lowest level that becomes 255 - level
 * @param probability of doing so
 */
public record Solarise(
    @Range(min = 0, max = 256) int threshold, @Range(min = 0, max = 1) double probability)
    implements Operation, Retouch {

  /** The brighter half, one in five. */
  public static final Solarise DEFAULT = new Solarise(128, 0.2);

  @Override
  public void apply(Canvas canvas, SampleRandom random) {
    if (random.nextDouble() >= probability) {
      return;
    }
    byte[] table = canvas.table();
    for (int i = 0; i < table.length; i++) {
      int level = i / 3;
      table[i] = (byte) (level < threshold ? level : 255 - level);
    }
    canvas.lookUp();
  }
}
