package dev.facet.loader;

import dev.facet.loader.data.EncodedImage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Random;
import javax.imageio.ImageIO;

/** Test pictures, drawn here. */
public final class Pictures {
  private Pictures() {}

  public static BufferedImage flat(int width, int height, Color colour) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(colour);
    g.fillRect(0, 0, width, height);
    g.dispose();
    return image;
  }

  /** Smooth and different in every corner, so that turns and mirrors show. */
  public static BufferedImage gradient(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = 255 * x / width;
        int green = 255 * y / height;
        image.setRGB(x, y, red << 16 | green << 8 | (x > width / 2 && y < height / 4 ? 200 : 30));
      }
    }
    return image;
  }

  /** Ovals of random colours. */
  public static BufferedImage busy(int width, int height, long seed) {
    Random random = new Random(seed);
    BufferedImage image = flat(width, height, new Color(random.nextInt(1 << 24)));
    Graphics2D g = image.createGraphics();
    for (int i = 0; i < 12; i++) {
      g.setColor(new Color(random.nextInt(1 << 24)));
      g.fillOval(
          random.nextInt(width), random.nextInt(height), 5 + width / 4, 5 + random.nextInt(height));
    }
    g.dispose();
    return image;
  }

  public static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException(format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public static byte[] jpeg(BufferedImage image) {
    return encode(image, "jpg");
  }

  /** Inserts an APP1 segment with nothing but the orientation tag. */
  public static byte[] withOrientation(byte[] jpeg, int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(36);
    exif.putShort((short) 0xffe1).putShort((short) 34);
    exif.put(new byte[] {'E', 'x', 'i', 'f', 0, 0});
    exif.put(new byte[] {'M', 'M', 0, 42}).putInt(8); // TIFF, first directory at 8
    exif.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0).putInt(0);
    return ByteBuffer.allocate(jpeg.length + 36)
        .put(jpeg, 0, 2)
        .put(exif.flip())
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  public static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  /** A view of a buffer's bytes from position to limit. */
  public static EncodedImage view(ByteBuffer bytes) {
    EncodedImage view = new EncodedImage();
    view.at(MemorySegment.ofBuffer(bytes), 0, bytes.remaining());
    return view;
  }
}
