package dev.facet.loader.decode;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.ImageHeader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** A reader of ImageIO for one picture, with what its failures mean. */
final class ImageIoReading {
  /** Heap that these readers take for a picture, at most: 16-bit channels, held twice. */
  private static final long BYTES_PER_PIXEL = 16;

  static {
    // Pictures are in memory already.
    ImageIO.setUseCache(false);
  }

  private ImageIoReading() {}

  /** What is wanted of the reader. */
  interface Step<T> {
    @Nullable T of(ImageReader reader) throws IOException;
  }

  /**
   * Opens a reader that finds the size which the header says, and does with it what is wanted.
   *
   * @param format as ImageIO names it
   * @return null if the picture cannot be read
   * @throws BadSampleException TOO_LARGE if memory does not suffice for this picture
   */
  static <T> @Nullable T of(EncodedImage image, ImageHeader header, String format, Step<T> step)
      throws BadSampleException {
    byte[] bytes = new byte[image.length()];
    MemorySegment.copy(
        image.memory(), ValueLayout.JAVA_BYTE, image.offset(), bytes, 0, bytes.length);
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    if (!readers.hasNext()) {
      return null;
    }
    ImageReader reader = readers.next();
    try (ImageInputStream stream =
        ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(stream, true, true);
      boolean sized =
          reader.getWidth(0) == header.width() && reader.getHeight(0) == header.height();
      return sized ? step.of(reader) : null;
    } catch (IOException | RuntimeException e) {
      // Readers meet broken pictures with exceptions of every kind; the caller reports the picture.
      return null;
    } catch (OutOfMemoryError e) {
      if (freeHeap() < bytes.length + header.pixels() * BYTES_PER_PIXEL) {
        throw e; // the machine's fault
      }
      throw new BadSampleException(
          Reason.CORRUPT,
          String.format(
              Locale.ROOT,
              "%dx%d pixels of %s ask for more memory than they can take",
              header.width(),
              header.height(),
              header.format()));
    } finally {
      reader.dispose();
    }
  }

  /** What the heap may still grow by; what is garbage counts as used until it is collected. */
  private static long freeHeap() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }
}
