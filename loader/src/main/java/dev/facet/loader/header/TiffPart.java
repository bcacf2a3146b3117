package dev.facet.loader.header;

import dev.facet.loader.data.EncodedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A strip or tile of a TIFF file's first picture.
 *
 * @param left of the picture's pixels, as {@code top}
 * @param width in pixels, of tiles also behind the picture's edge
 * @param height in rows, of tiles also below the picture's edge
 * @param from the place of its bytes
 * @param length how many they are; all that follow if the file does not say
 */
public record TiffPart(int left, int top, int width, int height, int from, int length) {
  private static final int STRIPS = 273;
  private static final int ROWS = 278;
  private static final int STRIP_BYTES = 279;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILES = 324;
  private static final int TILE_BYTES = 325;

  /**
   * All of them.
   *
   * @throws IndexOutOfBoundsException if the file lacks some
   */
  public static List<TiffPart> of(EncodedImage image, TiffLayout layout) {
    TiffDirectory tiff = new TiffDirectory(image, 0);
    boolean tiled = tiff.count(TILES) > 0;
    int starts = tiled ? TILES : STRIPS;
    int lengths = tiled ? TILE_BYTES : STRIP_BYTES;
    int width = tiled ? (int) tiff.value(TILE_WIDTH, 0) : layout.width();
    int height =
        tiled
            ? (int) tiff.value(TILE_HEIGHT, 0)
            : (int) Math.min(tiff.value(ROWS, layout.height()), layout.height());
    List<TiffPart> parts = new ArrayList<>();
    if (width <= 0 || height <= 0) {
      throw new IndexOutOfBoundsException("parts of " + width + "x" + height);
    }
    int across = Math.ceilDiv(layout.width(), width);
    int count = across * Math.ceilDiv(layout.height(), height);
    Objects.checkIndex(count - 1, (int) Math.min(tiff.count(starts), Integer.MAX_VALUE));
    for (int i = 0; i < count; i++) {
      long from = Math.min(tiff.valueAt(starts, i), image.length());
      long rest = image.length() - from;
      long length = i < tiff.count(lengths) ? tiff.valueAt(lengths, i) : 0;
      int top = i / across * height;
      parts.add(
          new TiffPart(
              i % across * width,
              top,
              width,
              tiled ? height : Math.min(height, layout.height() - top),
              (int) from,
              (int) (length == 0 ? rest : Math.min(length, rest))));
    }
    return parts;
  }
}
