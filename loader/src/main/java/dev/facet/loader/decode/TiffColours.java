package dev.facet.loader.decode;

import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.TiffLayout;

/** From a TIFF's samples to red, green and blue. */
final class TiffColours {
  private final TiffLayout layout;
  private final AlphaBackground background;
  private final int[] palette;
  private final int most;
  private final CieLab lab = new CieLab();

  TiffColours(EncodedImage image, TiffLayout layout, AlphaBackground background) {
    this.layout = layout;
    this.background = background;
    most = (1 << layout.bits()) - 1;
    palette =
        layout.kind() == TiffLayout.PALETTE ? TiffLayout.palette(image, most + 1) : new int[0];
  }

  /**
   * Writes one row.
   *
   * @param samples of the row, pixel by pixel
   * @param bands samples of a pixel
   * @param to where three bytes a pixel go
   */
  void write(int[] samples, int bands, int width, long to) {
    for (int x = 0; x < width; x++) {
      int at = x * bands;
      int rgb = rgb(samples, at, bands);
      int r = rgb >> 16 & 0xff;
      int g = rgb >> 8 & 0xff;
      int b = rgb & 0xff;
      boolean transparent = layout.alpha() >= 0 && layout.alpha() < bands;
      int alpha = transparent ? level(samples[at + layout.alpha()]) : 255;
      if (layout.multiplied()) {
        background.add(to + 3L * x, r, g, b, alpha);
      } else {
        background.put(to + 3L * x, r, g, b, alpha);
      }
    }
  }

  private int rgb(int[] samples, int at, int bands) {
    if (layout.converted() && layout.kind() != TiffLayout.INKS) {
      return bands < 3 ? grey(samples[at]) : colour(samples, at);
    }
    return switch (layout.kind()) {
      case TiffLayout.WHITE_IS_ZERO -> grey(most - samples[at]);
      case TiffLayout.BLACK_IS_ZERO -> grey(samples[at]);
      case TiffLayout.PALETTE -> palette[samples[at] & most];
      case TiffLayout.INKS -> inks(samples, at);
      case TiffLayout.CIELAB, TiffLayout.ICCLAB -> lab(samples, at);
      default -> colour(samples, at);
    };
  }

  /** A sample of any depth as one of 8 bits; of more than 8 the higher ones count. */
  private int level(int sample) {
    return layout.bits() >= 8 ? sample >> (layout.bits() - 8) : sample * 255 / most;
  }

  private int grey(int sample) {
    return level(sample) * 0x10101;
  }

  private int colour(int[] samples, int at) {
    return level(samples[at]) << 16 | level(samples[at + 1]) << 8 | level(samples[at + 2]);
  }

  /** What inks let through of the white. */
  private int inks(int[] samples, int at) {
    int light = 255 - level(samples[at + 3]);
    int rgb = 0;
    for (int c = 0; c < 3; c++) {
      rgb = rgb << 8 | (255 - level(samples[at + c])) * light / 255;
    }
    return rgb;
  }

  /** CIELAB counts a and b from zero up and down, the ICC's from half the range. */
  private int lab(int[] samples, int at) {
    double unit = layout.bits() > 8 ? 256 : 1;
    int half = 1 << (layout.bits() - 1);
    boolean signed = layout.kind() == TiffLayout.CIELAB;
    int a = samples[at + 1];
    int b = samples[at + 2];
    a -= signed ? (a >= half ? 2 * half : 0) : half;
    b -= signed ? (b >= half ? 2 * half : 0) : half;
    return lab.rgb(samples[at] * 100.0 / most, a / unit, b / unit);
  }
}
