package dev.facet.augment.operation;

import dev.facet.augment.canvas.Canvas;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;

/**
 * Spreads each channel's levels so that all are about equally frequent: histogram equalisation with
 * the integer arithmetic of Pillow's {@code ImageOps.equalize}, which torchvision and RandAugment
 * use as well.
 *
 * @param probability of doing so
 */
public record Equalise(@Range(min = 0, max = 1) double probability) implements Operation, Retouch {

  /** One in five. */
  public static final Equalise DEFAULT = new Equalise(0.2);

  @Override
  public void apply(Canvas canvas, SampleRandom random) {
    if (random.nextDouble() < probability) {
      equalise(canvas);
    }
  }

  static void equalise(Canvas canvas) {
    int[] counts = canvas.histogram();
    byte[] table = canvas.table();
    for (int channel = 0; channel < 3; channel++) {
      int last = 255;
      while (last > 0 && counts[256 * channel + last] == 0) {
        last--;
      }
      int step = (canvas.size() * canvas.size() - counts[256 * channel + last]) / 255;
      int sum = step / 2;
      for (int level = 0; level < 256; level++) {
        int at = 3 * level + channel;
        table[at] = (byte) (step == 0 ? level : Math.min(255, sum / step));
        sum += counts[256 * channel + level];
      }
    }
    canvas.lookUp();
  }
}
