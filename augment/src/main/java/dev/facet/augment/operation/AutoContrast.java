package dev.facet.augment.operation;

import dev.facet.augment.canvas.Canvas;
import dev.facet.base.Range;
import dev.facet.base.SampleRandom;

/**
 * Stretches each channel so that its darkest level becomes 0 and its brightest 255; a channel of
 * one level stays. Pillow's {@code ImageOps.autocontrast} without cut-off.
 *
 * @param probability of doing so
 */
public record AutoContrast(@Range(min = 0, max = 1) double probability)
    implements Operation, Retouch {

  /** One in five. */
  public static final AutoContrast DEFAULT = new AutoContrast(0.2);

  @Override
  public void apply(Canvas canvas, SampleRandom random) {
    if (random.nextDouble() < probability) {
      stretch(canvas);
    }
  }

  static void stretch(Canvas canvas) {
    int[] counts = canvas.histogram();
    byte[] table = canvas.table();
    for (int channel = 0; channel < 3; channel++) {
      int low = 0;
      while (low < 255 && counts[256 * channel + low] == 0) {
        low++;
      }
      int high = 255;
      while (high > 0 && counts[256 * channel + high] == 0) {
        high--;
      }
      double scale = high > low ? 255.0 / (high - low) : 1;
      double offset = high > low ? -low * scale : 0;
      for (int level = 0; level < 256; level++) {
        table[3 * level + channel] = (byte) Math.clamp((int) (level * scale + offset), 0, 255);
      }
    }
    canvas.lookUp();
  }
}
