package dev.facet.loader.decode;

import dev.facet.augment.memory.Pixels;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.ImageHeader;
import dev.facet.loader.header.TiffFax;
import dev.facet.loader.header.TiffLayout;
import dev.facet.loader.header.TiffPart;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/**
 * TIFF: TwelveMonkeys' reader unpacks strips and tiles, or {@link FaxRows} where they are a fax;
 * what the samples mean is told by {@link TiffColours}. What the reader would make of them depends
 * on profiles and on the kind of picture.
 */
final class TiffDecoder implements Decoder {
  private final Scratch decoded = new Scratch();
  private final AlphaBackground background;
  private final boolean allowTruncated;

  TiffDecoder(AlphaBackground background, boolean allowTruncated) {
    this.background = background;
    this.allowTruncated = allowTruncated;
  }

  @Override
  public @Nullable Pixels decode(
      EncodedImage image, ImageHeader header, int reduction, int @Nullable [] wanted)
      throws BadSampleException {
    TiffLayout layout = TiffLayout.read(image);
    try {
      if (!allowTruncated && !TiffLayout.isWhole(image)) {
        return null;
      }
      TiffColours colours = new TiffColours(image, layout, background);
      TiffFax fax = TiffFax.read(image);
      if (fax != null) {
        return rgb(image, fax, layout, colours);
      }
      String format = layout.big() ? "BigTIFF" : "TIFF";
      Raster raster = ImageIoReading.of(image, header, format, reader -> read(reader, layout));
      return raster == null ? null : rgb(raster, layout, colours);
    } catch (IndexOutOfBoundsException e) {
      return null; // Its tables lie outside of the file.
    }
  }

  /** What damage leaves out is white, if that is allowed. */
  private @Nullable Pixels rgb(
      EncodedImage image, TiffFax fax, TiffLayout layout, TiffColours colours) {
    Pixels pixels = decoded.room(layout.width(), layout.height());
    for (TiffPart part : TiffPart.of(image, layout)) {
      FaxRows rows = new FaxRows(image, fax, part);
      int[] samples = new int[part.width()];
      int width = Math.min(part.width(), layout.width() - part.left());
      boolean whole = true;
      for (int y = part.top(); y < part.top() + part.height(); y++) {
        whole = whole && rows.next(samples);
        if (!whole) {
          Arrays.fill(samples, 0);
        }
        if (y < layout.height()) {
          colours.write(
              samples, 1, width, pixels.address() + y * pixels.stride() + 3L * part.left());
        }
      }
      if (!allowTruncated && !(whole && rows.ended())) {
        return null;
      }
    }
    return pixels;
  }

  private Pixels rgb(Raster raster, TiffLayout layout, TiffColours colours) {
    Pixels pixels = decoded.room(layout.width(), layout.height());
    int bands = raster.getNumBands();
    int[] row = new int[layout.width() * bands];
    for (int y = 0; y < layout.height(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, layout.width(), 1, row);
      colours.write(row, bands, layout.width(), pixels.address() + y * pixels.stride());
    }
    return pixels;
  }

  private Raster read(ImageReader reader, TiffLayout layout) throws IOException {
    BufferedImage picture =
        reader.getImageTypes(0).next().createBufferedImage(layout.width(), layout.height());
    ImageReadParam into = reader.getDefaultReadParam();
    into.setDestination(picture);
    try {
      // What comes as JPEG is colours; else the samples are wanted as they are stored.
      Raster _ = layout.converted() ? reader.read(0, into).getRaster() : reader.readRaster(0, into);
    } catch (IOException | RuntimeException e) {
      if (!allowTruncated) {
        throw e;
      }
      // What came before the damage is in the picture.
    }
    return picture.getRaster();
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
