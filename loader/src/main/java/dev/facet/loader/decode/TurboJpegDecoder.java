package dev.facet.loader.decode;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.facet.augment.memory.Pixels;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.decode.TurboJpeg.Call;
import dev.facet.loader.header.ImageHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * JPEGs through libturbojpeg 3, which skips the transform and the colours of what is not wanted.
 * Whatever it warns of is left to the next decoder. Only powers of two are used for shrinking: the
 * library's other factors have no vector code and cost more than they save.
 */
final class TurboJpegDecoder implements Decoder {
  private static final int DECOMPRESS = 1;
  private static final int RGB = 0;

  // Parameters, as turbojpeg.h numbers them.
  private static final int STOP_ON_WARNING = 0;
  private static final int SUBSAMPLING = 4;
  private static final int WIDTH = 5;
  private static final int HEIGHT = 6;
  private static final int PRECISION = 7;
  private static final int COLOUR_SPACE = 8;
  private static final int MAX_PIXELS = 24;
  private static final int SAVE_MARKERS = 25;

  /** Colour spaces from here on are inks. */
  private static final int CMYK = 3;

  /** Width of the blocks in which the library crops, by kind of subsampling. */
  private static final int[] BLOCK = {8, 16, 16, 8, 8, 32, 8, 32, 16};

  /**
   * Pixels decoded around the wanted ones: at a cut, the smoothing of the colours lacks a neighbour
   * and the outermost pixels come out a little different.
   */
  private static final int MARGIN = 3;

  private final Scratch encoded = new Scratch();
  private final Scratch decoded = new Scratch();
  private final Arena arena = Arena.ofShared();
  private final MemorySegment scale = arena.allocate(TurboJpeg.SCALE);
  private final MemorySegment region = arena.allocate(TurboJpeg.REGION);
  private final long handle;

  /** Only where {@link TurboJpeg#isPresent}. */
  TurboJpegDecoder(long maxPixels) {
    try {
      handle = (long) Call.INIT.invokeExact(DECOMPRESS);
      set(STOP_ON_WARNING, 1);
      set(MAX_PIXELS, (int) Math.min(maxPixels, Integer.MAX_VALUE));
      set(SAVE_MARKERS, 0); // Unknown before 3.1, which saves none.
    } catch (Throwable e) {
      throw new IllegalStateException("libturbojpeg", e);
    }
    if (handle == 0) {
      throw new OutOfMemoryError("libturbojpeg");
    }
  }

  private void set(int parameter, int value) throws Throwable {
    int _ = (int) Call.SET.invokeExact(handle, parameter, value);
  }

  private int get(int parameter) throws Throwable {
    return (int) Call.GET.invokeExact(handle, parameter);
  }

  @Override
  public @Nullable Pixels decode(
      EncodedImage image, ImageHeader header, int reduction, int @Nullable [] wanted) {
    try {
      return decode(encoded.encoded(image), image.length(), header, reduction, wanted);
    } catch (Error | RuntimeException e) {
      throw e; // no memory, for one
    } catch (Throwable e) {
      // The handles declare it; C functions throw nothing.
      throw new IllegalStateException("libturbojpeg", e);
    } finally {
      Reference.reachabilityFence(image.memory());
    }
  }

  private @Nullable Pixels decode(
      long jpeg, long length, ImageHeader header, int reduction, int @Nullable [] wanted)
      throws Throwable {
    if ((int) Call.HEADER.invokeExact(handle, jpeg, length) != 0 || !isUsable(header)) {
      return null;
    }
    int fullWidth = Math.ceilDiv(header.width(), reduction);
    int fullHeight = Math.ceilDiv(header.height(), reduction);
    int left = 0;
    int top = 0;
    int right = fullWidth;
    int bottom = fullHeight;
    if (wanted != null) {
      int block = Math.max(1, BLOCK[get(SUBSAMPLING)] / reduction);
      left = Math.clamp(wanted[0] / reduction - MARGIN, 0, fullWidth - 1) / block * block;
      top = Math.clamp(wanted[1] / reduction - MARGIN, 0, fullHeight - 1);
      right = Math.clamp(Math.ceilDiv(wanted[2], reduction) + MARGIN, left + 1, fullWidth);
      bottom = Math.clamp(Math.ceilDiv(wanted[3], reduction) + MARGIN, top + 1, fullHeight);
    }
    int width = right - left;
    int height = bottom - top;
    scale.set(JAVA_INT, 0, 1);
    scale.set(JAVA_INT, 4, reduction);
    region.set(JAVA_INT, 0, left);
    region.set(JAVA_INT, 4, top);
    region.set(JAVA_INT, 8, width);
    region.set(JAVA_INT, 12, height);
    if ((int) Call.SCALING.invokeExact(handle, scale) != 0
        || (int) Call.CROPPING.invokeExact(handle, region) != 0) {
      return null;
    }
    Pixels pixels = decoded.room(width, height);
    if ((int) Call.DECOMPRESS.invokeExact(handle, jpeg, length, pixels.address(), 3 * width, RGB)
        != 0) {
      return null;
    }
    return pixels.covering(
        (double) left * reduction,
        (double) top * reduction,
        (double) width * reduction,
        (double) height * reduction);
  }

  private boolean isUsable(ImageHeader header) throws Throwable {
    int subsampling = get(SUBSAMPLING);
    return get(WIDTH) == header.width()
        && get(HEIGHT) == header.height()
        && get(PRECISION) == 8
        && get(COLOUR_SPACE) < CMYK
        && subsampling >= 0
        && subsampling < BLOCK.length;
  }

  @Override
  public String library() {
    return TurboJpeg.name();
  }

  @Override
  public void close() {
    try {
      Call.DESTROY.invokeExact(handle);
    } catch (Throwable e) {
      throw new IllegalStateException("libturbojpeg", e);
    }
    encoded.close();
    decoded.close();
    arena.close();
  }
}
