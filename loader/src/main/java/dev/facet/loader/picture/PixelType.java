package dev.facet.loader.picture;

import java.util.Locale;

/** What a batch's pictures are made of. */
public enum PixelType {
  /** [N, S, S, 3], with the colour change and normalisation beside it, for the device to apply. */
  UINT8(3),
  /** [N, 3, S, S], colour change and normalisation applied by the loader's threads. */
  FLOAT32(3 * Float.BYTES);

  private final int bytesPerPixel;

  PixelType(int bytesPerPixel) {
    this.bytesPerPixel = bytesPerPixel;
  }

  /** Its name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Bytes of the three channels of a pixel. */
  public int bytesPerPixel() {
    return bytesPerPixel;
  }
}
