package dev.facet.loader.header;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.EncodedImage;
import java.util.Locale;
import java.util.Set;

/**
 * How a bitmap stores its pixels, by its header: BITMAPCOREHEADER (12 bytes, OS/2 1), INFOHEADER
 * (40) and what Windows appended to it (52, 56, 108, 124), OS/2 2 (16 to 64, ends early at will).
 *
 * @param topDown whether the first row stored is the top one
 * @param bits of a pixel
 * @param packing one of the constants
 * @param palette where the colours begin; none above 8 bits
 * @param colours of the palette
 * @param colourBytes of a colour
 * @param red the bits of a pixel that are red; so with the others, 0 for none
 * @param pixels where they begin
 */
public record BmpLayout(
    int width,
    int height,
    boolean topDown,
    int bits,
    int packing,
    int palette,
    int colours,
    int colourBytes,
    int red,
    int green,
    int blue,
    int alpha,
    int pixels) {

  /** Rows of pixels. */
  public static final int PLAIN = 0;

  /** Runs of indices of 8 bits. */
  public static final int RUNS_OF_BYTES = 1;

  /** Runs of indices of 4 bits. */
  public static final int RUNS_OF_NIBBLES = 2;

  private static final int MASKS = 3;
  private static final int MASKS_WITH_ALPHA = 6;

  private static final int FILE_HEADER = 14;
  private static final int CORE = 12;
  private static final int INFO = 40;
  private static final int OS2 = 64;
  private static final Set<Integer> HEADERS = Set.of(CORE, INFO, 52, 56, 108, 124);
  private static final Set<Integer> DEPTHS = Set.of(1, 2, 4, 8, 16, 24, 32);

  /**
   * Reads it.
   *
   * @throws BadSampleException CORRUPT or UNSUPPORTED
   * @throws IndexOutOfBoundsException if the file ends within it
   */
  public static BmpLayout read(EncodedImage image) throws BadSampleException {
    long size = image.u32le(FILE_HEADER);
    boolean os2 = size >= 16 && size <= OS2 && size != INFO && size != 52 && size != 56;
    if (!os2 && !HEADERS.contains((int) size)) {
      throw Headers.corrupt("BMP with a header of " + size + " bytes, which none has");
    }
    boolean core = size == CORE;
    int width = core ? image.u16le(18) : (int) image.u32le(18);
    // A negative height means that rows are stored from the top.
    int stored = core ? image.u16le(20) : (int) image.u32le(22);
    int bits = image.u16le(core ? 24 : 28);
    int kind = size < 20 ? PLAIN : (int) image.u32le(30);
    if (!DEPTHS.contains(bits) || !isReadable(kind, bits, os2)) {
      throw new BadSampleException(
          Reason.UNSUPPORTED,
          String.format(Locale.ROOT, "a BMP of %d bits, compression %d", bits, kind));
    }
    int end = FILE_HEADER + (int) size;
    int colourBytes = core ? 3 : 4;
    long used = size < 36 ? 0 : image.u32le(46);
    int colours = bits > 8 ? 0 : (int) (used == 0 || used > 256 ? 1 << bits : used);
    boolean masked = kind == MASKS || kind == MASKS_WITH_ALPHA;
    int[] masks = masked ? masks(image, kind, (int) size) : masks(bits);
    if (masked && size == INFO) {
      end += kind == MASKS ? 12 : 16;
    }
    int pixels = (int) Math.min(image.u32le(10), image.length());
    // Some writers point at the palette, or nowhere.
    if (pixels <= end) {
      pixels = end + colours * colourBytes;
    }
    return new BmpLayout(
        width,
        Math.abs(stored),
        stored < 0,
        bits,
        masked ? PLAIN : kind,
        end,
        colours,
        colourBytes,
        masks[0],
        masks[1],
        masks[2],
        masks[3],
        pixels);
  }

  /** OS/2 counts other compressions from 3 on. */
  private static boolean isReadable(int kind, int bits, boolean os2) {
    return switch (kind) {
      case PLAIN -> true;
      case RUNS_OF_BYTES -> bits == 8;
      case RUNS_OF_NIBBLES -> bits == 4;
      case MASKS, MASKS_WITH_ALPHA -> bits > 8 && !os2;
      default -> false;
    };
  }

  /**
   * The masks that stand behind the first 40 bytes, whether they belong to the header or follow.
   */
  private static int[] masks(EncodedImage image, int kind, int size) {
    int at = FILE_HEADER + INFO;
    boolean alpha = kind == MASKS_WITH_ALPHA || size >= 56;
    int[] masks = {
      (int) image.u32le(at),
      (int) image.u32le(at + 4),
      (int) image.u32le(at + 8),
      alpha ? (int) image.u32le(at + 12) : 0
    };
    boolean none = (masks[0] | masks[1] | masks[2] | masks[3]) == 0;
    return none ? new int[] {0xff0000, 0xff00, 0xff, 0xff000000} : masks;
  }

  /** What pixels without masks hold: blue lowest, nothing transparent. */
  private static int[] masks(int bits) {
    return bits == 16 ? new int[] {0x7c00, 0x3e0, 0x1f, 0} : new int[] {0xff0000, 0xff00, 0xff, 0};
  }

  /** Bytes from one row to the next. */
  public int stride() {
    return Math.toIntExact((width * (long) bits + 31) / 32 * 4);
  }

  /** Whether all pixels are there, where rows are not packed; the last one may lack its padding. */
  public boolean isWhole(long length) {
    long last = (width * (long) bits + 7) / 8;
    return pixels + (width * (long) bits + 31) / 32 * 4 * (height - 1L) + last <= length;
  }
}
