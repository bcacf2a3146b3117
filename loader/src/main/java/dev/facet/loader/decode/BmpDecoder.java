package dev.facet.loader.decode;

import dev.facet.augment.memory.Pixels;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.BmpLayout;
import dev.facet.loader.header.ImageHeader;
import org.jspecify.annotations.Nullable;

/** Windows and OS/2 bitmaps of every depth: with palettes, packed in runs, with masks. */
final class BmpDecoder implements Decoder {
  private static final int OPAQUE = 0xff000000;

  private final Scratch decoded = new Scratch();
  private final AlphaBackground background;
  private final boolean allowTruncated;
  private final int[] palette = new int[256];

  BmpDecoder(AlphaBackground background, boolean allowTruncated) {
    this.background = background;
    this.allowTruncated = allowTruncated;
  }

  @Override
  public @Nullable Pixels decode(
      EncodedImage image, ImageHeader header, int reduction, int @Nullable [] wanted)
      throws BadSampleException {
    BmpLayout bmp = BmpLayout.read(image);
    readPalette(image, bmp);
    Pixels target = decoded.room(bmp.width(), bmp.height());
    boolean whole;
    if (bmp.packing() == BmpLayout.PLAIN) {
      whole = plain(image, bmp, target);
    } else {
      byte[] indices = new byte[bmp.width() * bmp.height()];
      whole = new BmpRuns(image, bmp).unpack(indices);
      for (int y = 0; y < bmp.height(); y++) {
        long to = row(bmp, target, y);
        for (int x = 0; x < bmp.width(); x++) {
          put(to + 3L * x, palette[indices[y * bmp.width() + x] & 0xff]);
        }
      }
    }
    return whole || allowTruncated ? target : null;
  }

  /** Colours that the file lacks are black, as everywhere. */
  private void readPalette(EncodedImage image, BmpLayout bmp) {
    for (int i = 0; i < palette.length; i++) {
      int at = bmp.palette() + i * bmp.colourBytes();
      boolean there = i < bmp.colours() && at + 3 <= image.length();
      palette[i] = there ? image.u8(at + 2) << 16 | image.u16le(at) | OPAQUE : OPAQUE;
    }
  }

  /** The row of the picture that is the y-th of the file. */
  private static long row(BmpLayout bmp, Pixels target, int y) {
    return target.address() + target.stride() * (bmp.topDown() ? y : bmp.height() - 1 - y);
  }

  private boolean plain(EncodedImage image, BmpLayout bmp, Pixels target) {
    int present = image.length();
    int stride = bmp.stride();
    for (int y = 0; y < bmp.height(); y++) {
      long to = row(bmp, target, y);
      long from = bmp.pixels() + (long) y * stride;
      for (int x = 0; x < bmp.width(); x++) {
        long at = from + (long) x * bmp.bits() / 8;
        int level = OPAQUE;
        if (at + Math.max(1, bmp.bits() / 8) <= present) {
          level = level(image, bmp, (int) at, x);
        }
        put(to + 3L * x, level);
      }
    }
    return bmp.isWhole(present);
  }

  /** Alpha, red, green, blue of one pixel, 8 bits each. */
  private int level(EncodedImage image, BmpLayout bmp, int at, int x) {
    int bits = bmp.bits();
    if (bits <= 8) {
      int inByte = 8 - bits - x * bits % 8;
      return palette[image.u8(at) >> inByte & ((1 << bits) - 1)];
    }
    if (bits == 24 && bmp.red() == 0xff0000) {
      return image.u8(at + 2) << 16 | image.u16le(at) | OPAQUE;
    }
    int pixel =
        switch (bits) {
          case 16 -> image.u16le(at);
          case 24 -> image.u8(at + 2) << 16 | image.u16le(at);
          default -> (int) image.u32le(at);
        };
    int alpha = bmp.alpha() == 0 ? 255 : masked(pixel, bmp.alpha());
    return alpha << 24
        | masked(pixel, bmp.red()) << 16
        | masked(pixel, bmp.green()) << 8
        | masked(pixel, bmp.blue());
  }

  /** What a mask holds of a pixel, spread over 0 to 255. */
  private static int masked(int pixel, int mask) {
    int shift = Integer.numberOfTrailingZeros(mask);
    if (mask == 0) {
      return 0;
    }
    long most = (mask & 0xffffffffL) >>> shift;
    return (int) (((pixel & mask) >>> shift & 0xffffffffL) * 255 / most);
  }

  private void put(long address, int level) {
    background.put(address, level >> 16 & 0xff, level >> 8 & 0xff, level & 0xff, level >>> 24);
  }

  @Override
  public String library() {
    return "Facet";
  }

  @Override
  public void close() {
    decoded.close();
  }
}
