package dev.facet.augment.operation;

import dev.facet.augment.canvas.Canvas;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;

/**
 * Keeps only the highest bits of each channel, the others become 0: torchvision's {@code
 * posterize}.
 *
 * @param bits how many of the 8 stay
 * @param probability of doing so
 */
public record Posterise(
    @Range(min = 1, max = 8) int bits, @Range(min = 0, max = 1) double probability)
    implements Operation, Retouch {

  /** Sixteen levels, one in five. */
  public static final Posterise DEFAULT = new Posterise(4, 0.2);

  @Override
  public void apply(Canvas canvas, SampleRandom random) {
    if (random.nextDouble() >= probability) {
      return;
    }
    int mask = 0xff << (8 - bits);
    byte[] table = canvas.table();
    for (int i = 0; i < table.length; i++) {
      table[i] = (byte) (i / 3 & mask);
    }
    canvas.lookUp();
  }
}
