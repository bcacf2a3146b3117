package dev.facet.loader.decode;

import dev.facet.augment.memory.Pixels;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.ImageHeader;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/**
 * The thorough path, for what OpenCV refuses: ImageIO with TwelveMonkeys' readers. Several times
 * slower, always at full size.
 */
final class ImageIoDecoder implements Decoder {
  private final Scratch decoded = new Scratch();
  private final AlphaBackground background;
  private final boolean allowTruncated;

  ImageIoDecoder(AlphaBackground background, boolean allowTruncated) {
    this.background = background;
    this.allowTruncated = allowTruncated;
  }

  @Override
  public @Nullable Pixels decode(
      EncodedImage image, ImageHeader header, int reduction, int @Nullable [] wanted)
      throws BadSampleException {
    BufferedImage picture =
        ImageIoReading.of(image, header, header.format().name(), reader -> read(reader, header));
    return picture == null ? null : rgb(picture);
  }

  private @Nullable BufferedImage read(ImageReader reader, ImageHeader header) throws IOException {
    // Half a picture is delivered with a mere warning.
    AtomicBoolean warned = new AtomicBoolean();
    reader.addIIOReadWarningListener((source, warning) -> warned.set(true));
    if (!allowTruncated) {
      BufferedImage picture = reader.read(0);
      return warned.get() ? null : picture;
    }
    BufferedImage picture =
        reader.getImageTypes(0).next().createBufferedImage(header.width(), header.height());
    ImageReadParam into = reader.getDefaultReadParam();
    into.setDestination(picture);
    try {
      return reader.read(0, into);
    } catch (IOException | RuntimeException e) {
      // What came before the damage is in the picture.
      return picture;
    }
  }

  private Pixels rgb(BufferedImage picture) {
    int width = picture.getWidth();
    Pixels pixels = decoded.room(width, picture.getHeight());
    ColorModel model = picture.getColorModel();
    int[] line = new int[width * Math.max(1, picture.getRaster().getNumBands())];
    for (int y = 0; y < picture.getHeight(); y++) {
      long to = pixels.address() + y * pixels.stride();
      if (isPlain(model)) {
        plain(picture.getRaster(), model, y, line, to);
      } else {
        picture.getRGB(0, y, width, 1, line, 0, width);
        for (int x = 0; x < width; x++) {
          int level = line[x];
          background.put(
              to + 3L * x, level >> 16 & 0xff, level >> 8 & 0xff, level & 0xff, level >>> 24);
        }
      }
    }
    return pixels;
  }

  /**
   * Whether stored levels are taken as they are. {@code getRGB} would bend grey ones from linear
   * light to sRGB and convert by embedded profiles.
   */
  private static boolean isPlain(ColorModel model) {
    int colours = model.getNumColorComponents();
    int type = model.getTransferType();
    return model instanceof ComponentColorModel
        && !model.isAlphaPremultiplied()
        && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT)
        && (colours == 1 || colours == 3 || colours == 4);
  }

  private void plain(Raster raster, ColorModel model, int y, int[] line, long to) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    int colours = model.getNumColorComponents();
    int shift = model.getComponentSize(0) - 8;
    raster.getPixels(0, y, width, 1, line);
    for (int x = 0; x < width; x++) {
      int at = x * bands;
      int r = line[at] >> shift;
      int g = colours == 1 ? r : line[at + 1] >> shift;
      int b = colours == 1 ? r : line[at + 2] >> shift;
      if (colours == 4) {
        int light = 255 - (line[at + 3] >> shift); // inks: what they let through of the white
        r = (255 - r) * light / 255;
        g = (255 - g) * light / 255;
        b = (255 - b) * light / 255;
      }
      background.put(to + 3L * x, r, g, b, model.hasAlpha() ? line[at + bands - 1] >> shift : 255);
    }
  }

  @Override
  public String library() {
    return "ImageIO";
  }

  @Override
  public void close() {
    decoded.close();
  }
}
