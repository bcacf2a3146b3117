package dev.facet.loader.decode;

import dev.facet.augment.Pixels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The thorough path, for what OpenCV refuses: ImageIO with TwelveMonkeys' readers. Several times
 * slower, always at full size.
 */
final class ImageIoDecoder implements Decoder {
  private final Scratch decoded = new Scratch();

  static {
    // Pictures are in memory already.
    ImageIO.setUseCache(false);
  }

  @Override
  public @Nullable Pixels decode(ByteBuffer image, ImageHeader header, int reduction) {
    byte[] bytes = new byte[image.remaining()];
    image.get(image.position(), bytes);
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(header.format().name());
    if (!readers.hasNext()) {
      return null;
    }
    ImageReader reader = readers.next();
    try (ImageInputStream stream =
        ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      // Half a picture is delivered with a mere warning.
      AtomicBoolean warned = new AtomicBoolean();
      reader.addIIOReadWarningListener((source, warning) -> warned.set(true));
      reader.setInput(stream, true, true);
      BufferedImage picture = reader.read(0);
      boolean whole =
          picture.getWidth() == header.width() && picture.getHeight() == header.height();
      return whole && !warned.get() ? rgb(picture) : null;
    } catch (IOException | RuntimeException e) {
      // Readers meet broken pictures with exceptions of every kind; the caller reports the picture.
      return null;
    } finally {
      reader.dispose();
    }
  }

  private Pixels rgb(BufferedImage picture) {
    int width = picture.getWidth();
    Pixels pixels = decoded.room(width, picture.getHeight());
    MemorySegment memory = decoded.segment();
    byte[] line = new byte[3 * width];
    int[] levels = new int[width];
    // getRGB would bend grey levels from linear light to sRGB, which no other reader does.
    boolean grey = picture.getType() == BufferedImage.TYPE_BYTE_GRAY;
    for (int y = 0; y < picture.getHeight(); y++) {
      if (grey) {
        picture.getRaster().getSamples(0, y, width, 1, 0, levels);
      } else {
        picture.getRGB(0, y, width, 1, levels, 0, width);
      }
      for (int x = 0; x < width; x++) {
        int level = grey ? 0xff000000 | levels[x] * 0x010101 : levels[x];
        int alpha = level >>> 24;
        line[3 * x] = (byte) OverBlack.over(level >> 16 & 0xff, alpha);
        line[3 * x + 1] = (byte) OverBlack.over(level >> 8 & 0xff, alpha);
        line[3 * x + 2] = (byte) OverBlack.over(level & 0xff, alpha);
      }
      MemorySegment.copy(line, 0, memory, ValueLayout.JAVA_BYTE, y * pixels.stride(), line.length);
    }
    return pixels;
  }

  @Override
  public void close() {
    decoded.close();
  }
}
