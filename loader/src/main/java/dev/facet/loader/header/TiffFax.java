package dev.facet.loader.header;

import dev.facet.loader.data.EncodedImage;
import org.jspecify.annotations.Nullable;

/**
 * How a TIFF file's black and white rows are packed as a fax (TIFF 6.0 specification, sections 10
 * and 11).
 *
 * @param group {@link #RUNS}, {@link #GROUP3} or {@link #GROUP4}
 * @param twoDimensional whether rows of group 3 may be told by the row above
 * @param reversed whether a byte's lowest bit is its first
 */
public record TiffFax(int group, boolean twoDimensional, boolean reversed) {
  public static final int RUNS = 2;
  public static final int GROUP3 = 3;
  public static final int GROUP4 = 4;

  private static final int COMPRESSION = 259;
  private static final int FILL_ORDER = 266;
  private static final int GROUP3_OPTIONS = 292;

  /**
   * Reads it.
   *
   * @return null if the file is no fax
   * @throws IndexOutOfBoundsException if the file ends within it
   */
  public static @Nullable TiffFax read(EncodedImage image) {
    TiffDirectory tiff = new TiffDirectory(image, 0);
    int group = (int) tiff.value(COMPRESSION, 1);
    if (group < RUNS || group > GROUP4) {
      return null;
    }
    boolean twoDimensional = (tiff.value(GROUP3_OPTIONS, 0) & 1) != 0;
    return new TiffFax(group, twoDimensional, tiff.value(FILL_ORDER, 1) == 2);
  }
}
