package dev.facet.loader.data;

import dev.facet.base.SampleRandom;
import org.jspecify.annotations.Nullable;

/**
 * Pictures told apart by 64 bits: of equal encoded bytes, cut to the same face. The bytes decide,
 * not where they lie, so the same picture is known again under another path, through a link, in
 * another archive and in another data set. Among 15 million different ones two coincide with a
 * probability of about one in 160,000.
 */
public final class PictureId {
  /** Part of a pixel up to which boxes are alike: data sets keep the same box in other types. */
  private static final double GRAIN = 1.0 / 64;

  private PictureId() {}

  /**
   * Of a picture.
   *
   * @param box the face that is cut out, in pixels; null for the whole picture
   */
  public static long of(EncodedImage image, double @Nullable [] box) {
    long id = XxHash64.of(image.memory(), image.offset(), image.length());
    if (box != null) {
      for (double edge : box) {
        id = SampleRandom.mix(id ^ Math.round(edge / GRAIN)) + 1;
      }
    }
    return id;
  }
}
