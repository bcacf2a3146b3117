package dev.facet.loader.decode;

import dev.facet.augment.memory.Pixels;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.GifLayout;
import dev.facet.loader.header.ImageHeader;
import org.jspecify.annotations.Nullable;

/**
 * The first frame of a GIF, as it is seen before anything is done with it: whatever is to become of
 * its place afterwards. Where the screen is larger, its transparent colour shows, else colour 0.
 */
final class GifDecoder implements Decoder {
  private static final int OPAQUE = 0xff000000;

  private final Scratch decoded = new Scratch();
  private final AlphaBackground background;
  private final boolean allowTruncated;
  private final GifCodes codes = new GifCodes();
  private final int[] palette = new int[256];

  GifDecoder(AlphaBackground background, boolean allowTruncated) {
    this.background = background;
    this.allowTruncated = allowTruncated;
  }

  @Override
  public @Nullable Pixels decode(
      EncodedImage image, ImageHeader header, int reduction, int @Nullable [] wanted)
      throws BadSampleException {
    GifLayout gif = GifLayout.read(image);
    byte[] indices = new byte[gif.frameWidth() * gif.frameHeight()];
    int there = codes.unpack(image, gif.data(), indices);
    if (there < indices.length && !allowTruncated) {
      return null;
    }
    readPalette(image, gif);
    Pixels pixels = decoded.room(gif.width(), gif.height());
    if (gif.frameWidth() < gif.width() || gif.frameHeight() < gif.height()) {
      int ground = palette[Math.max(0, gif.transparent())];
      for (long i = 0; i < (long) gif.width() * gif.height(); i++) {
        put(pixels.address() + 3 * i, ground);
      }
    }
    for (int row = 0; row < gif.frameHeight(); row++) {
      int y = gif.top() + (gif.interlaced() ? place(row, gif.frameHeight()) : row);
      long to = pixels.address() + y * pixels.stride() + 3L * gif.left();
      int from = row * gif.frameWidth();
      for (int x = 0; x < gif.frameWidth(); x++) {
        put(to + 3L * x, palette[indices[from + x] & 0xff]);
      }
    }
    return pixels;
  }

  /** Without colours, indices are grey levels; with some, those that are missing are black. */
  private void readPalette(EncodedImage image, GifLayout gif) {
    for (int i = 0; i < palette.length; i++) {
      int at = gif.palette() + 3 * i;
      int colour = 0;
      if (gif.palette() < 0) {
        colour = i * 0x10101;
      } else if (i < gif.colours()) {
        colour = image.u8(at) << 16 | image.u16(at + 1);
      }
      palette[i] = colour | (i == gif.transparent() ? 0 : OPAQUE);
    }
  }

  /** Where a row of an interlaced frame belongs: every 8th, those between, every 4th, every 2nd. */
  private static int place(int row, int height) {
    int eighths = Math.ceilDiv(height, 8);
    int quarters = Math.ceilDiv(height, 4);
    int halves = Math.ceilDiv(height, 2);
    if (row < eighths) {
      return 8 * row;
    }
    if (row < quarters) {
      return 8 * (row - eighths) + 4;
    }
    return row < halves ? 4 * (row - quarters) + 2 : 2 * (row - halves) + 1;
  }

  private void put(long address, int colour) {
    background.put(address, colour >> 16 & 0xff, colour >> 8 & 0xff, colour & 0xff, colour >>> 24);
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
