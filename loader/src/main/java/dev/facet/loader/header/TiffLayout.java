package dev.facet.loader.header;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.EncodedImage;
import java.util.Locale;
import java.util.Set;

/**
 * How the first picture of a TIFF file stores its pixels (TIFF 6.0 specification, sections 3 to
 * 23).
 *
 * @param kind what the samples mean, by the constants here: PhotometricInterpretation
 * @param bits of a sample
 * @param samples of a pixel, those that nobody knows the meaning of included
 * @param alpha the place of the one that is transparency; -1 if there is none
 * @param multiplied whether colours are multiplied by it already
 * @param converted whether readers deliver red, green and blue, or grey, whatever is stored
 * @param big whether offsets have 8 bytes
 */
public record TiffLayout(
    int width,
    int height,
    int kind,
    int bits,
    int samples,
    int alpha,
    boolean multiplied,
    boolean converted,
    boolean big) {

  public static final int WHITE_IS_ZERO = 0;
  public static final int BLACK_IS_ZERO = 1;
  private static final int RGB = 2;
  public static final int PALETTE = 3;
  public static final int INKS = 5;
  private static final int YCBCR = 6;
  public static final int CIELAB = 8;
  public static final int ICCLAB = 9;

  private static final int COLOUR_MAP = 320;
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;
  private static final int STRIPS = 273;
  private static final int SAMPLES = 277;
  private static final int STRIP_BYTES = 279;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILES = 324;
  private static final int TILE_BYTES = 325;
  private static final int EXTRA_SAMPLES = 338;
  private static final int SAMPLE_FORMAT = 339;
  private static final int REFERENCE_BLACK_WHITE = 532;

  private static final int UNCOMPRESSED = 1;
  private static final int OLD_JPEG = 6;
  private static final int JPEG = 7;

  /** None, three kinds of fax, LZW, two of JPEG, deflate by three numbers, PackBits. */
  private static final Set<Integer> READABLE = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 32773, 32946, 50013);

  private static final int MAX_SAMPLES = 8;
  private static final int UNSIGNED = 1;
  private static final int UNDEFINED = 4;
  private static final int MULTIPLIED_ALPHA = 1;

  /**
   * Reads it.
   *
   * @throws BadSampleException CORRUPT or UNSUPPORTED
   * @throws IndexOutOfBoundsException if the file ends within it
   */
  public static TiffLayout read(EncodedImage image) throws BadSampleException {
    TiffDirectory tiff = new TiffDirectory(image, 0);
    long width = tiff.value(WIDTH, 0);
    long height = tiff.value(HEIGHT, 0);
    if (width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw Headers.corrupt("TIFF header says " + width + "x" + height + " pixels");
    }
    // The reader makes room for whole tiles, whatever the picture's own size.
    if (tiff.value(TILE_WIDTH, 0) > width + 1024 || tiff.value(TILE_HEIGHT, 0) > height + 1024) {
      throw Headers.corrupt("TIFF of tiles far larger than the picture");
    }
    int compression = (int) tiff.value(COMPRESSION, UNCOMPRESSED);
    boolean jpeg = compression == JPEG || compression == OLD_JPEG;
    int kind = compression == OLD_JPEG ? YCBCR : (int) tiff.value(PHOTOMETRIC, WHITE_IS_ZERO);
    int samples = (int) tiff.value(SAMPLES, compression == OLD_JPEG ? 3 : 1);
    int bits = (int) tiff.largest(BITS, 1);
    int format = (int) tiff.largest(SAMPLE_FORMAT, UNSIGNED);
    if (!READABLE.contains(compression)) {
      throw unsupported("compression " + compression);
    }
    if (samples > MAX_SAMPLES || bits > 16 || (format != UNSIGNED && format != UNDEFINED)) {
      // Nothing in such a file says which number is white.
      throw unsupported(
          String.format(
              Locale.ROOT,
              "%d channels of up to %d bits, %s; up to %d of 16 bits, unsigned, can be read",
              samples,
              bits,
              format(format),
              MAX_SAMPLES));
    }
    if (tiff.differ(BITS)) {
      throw unsupported("channels that differ in their numbers of bits");
    }
    if (compression == OLD_JPEG && isLimited(tiff)) {
      throw unsupported("old-style JPEG whose black and white are not 0 and 255");
    }
    int colours = colours(kind, samples);
    int alpha = -1;
    boolean multiplied = false;
    if (samples > colours) {
      long extra = tiff.value(EXTRA_SAMPLES, -1);
      // One that is not declared is transparency, as far as other programs are concerned.
      alpha = extra == 0 || kind == INKS ? -1 : colours;
      multiplied = extra == MULTIPLIED_ALPHA;
    }
    return new TiffLayout(
        (int) width,
        (int) height,
        kind,
        bits,
        samples,
        alpha,
        multiplied,
        jpeg || kind == YCBCR,
        tiff.isBig());
  }

  /** Levels of 16 to 235 are delivered as they are stored, dull. */
  private static boolean isLimited(TiffDirectory tiff) {
    return tiff.count(REFERENCE_BLACK_WHITE) > 1
        && (tiff.valueAt(REFERENCE_BLACK_WHITE, 0) != 0
            || tiff.valueAt(REFERENCE_BLACK_WHITE, 1) != 255);
  }

  private static int colours(int kind, int samples) throws BadSampleException {
    return switch (kind) {
      case WHITE_IS_ZERO, BLACK_IS_ZERO, PALETTE -> 1;
      case RGB, CIELAB, ICCLAB -> 3;
      case YCBCR -> Math.min(samples, 3);
      case INKS -> 4;
      default -> throw unsupported("photometric interpretation " + kind);
    };
  }

  private static String format(int format) {
    return switch (format) {
      case UNSIGNED, UNDEFINED -> "unsigned";
      case 2 -> "signed";
      case 3 -> "floating point";
      default -> "sample format " + format;
    };
  }

  private static BadSampleException unsupported(String what) {
    return new BadSampleException(Reason.UNSUPPORTED, "a TIFF file of " + what);
  }

  /**
   * The colours as 0xRRGGBB; black where there are too few. They are stored as all reds, all
   * greens, all blues, of 16 bits each, or of 8, which shows in their values.
   *
   * @throws IndexOutOfBoundsException if they lie outside of the file
   */
  public static int[] palette(EncodedImage image, int colours) {
    TiffDirectory tiff = new TiffDirectory(image, 0);
    int count = (int) Math.min(colours, tiff.count(COLOUR_MAP) / 3);
    int shift = 0;
    for (int i = 0; i < 3 * count && shift == 0; i++) {
      shift = tiff.valueAt(COLOUR_MAP, i) > 255 ? 8 : 0;
    }
    int[] palette = new int[colours];
    for (int i = 0; i < 3 * count; i++) {
      int level = (int) tiff.valueAt(COLOUR_MAP, i) >> shift;
      palette[i % count] |= level << (8 * (2 - i / count));
    }
    return palette;
  }

  /**
   * Whether the directory and the bytes of all strips or tiles are there, as far as the file says
   * how many they are. Readers fill up what a compressed one lacks.
   *
   * @throws IndexOutOfBoundsException if the table of them lies outside of the file
   */
  public static boolean isWhole(EncodedImage image) {
    TiffDirectory tiff = new TiffDirectory(image, 0);
    if (tiff.value(COMPRESSION, UNCOMPRESSED) == UNCOMPRESSED) {
      return true; // Here they do not, and numbers of bytes are often wrong.
    }
    if (!tiff.isWhole()) {
      return false;
    }
    boolean tiled = tiff.count(TILES) > 0;
    int starts = tiled ? TILES : STRIPS;
    int lengths = tiled ? TILE_BYTES : STRIP_BYTES;
    long parts = Math.min(tiff.count(starts), tiff.count(lengths));
    for (int i = 0; i < parts; i++) {
      if (tiff.valueAt(starts, i) + tiff.valueAt(lengths, i) > image.length()) {
        return false;
      }
    }
    return true;
  }
}
