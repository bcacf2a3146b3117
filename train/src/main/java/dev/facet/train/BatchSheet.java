package dev.facet.train;

import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.picture.PictureInput;
import dev.facet.loader.picture.PixelType;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The first pictures of a batch side by side, as the model sees them but for normalisation. */
final class BatchSheet {
  private BatchSheet() {}

  /**
   * Draws them in rows.
   *
   * @param most pictures
   * @return null where there are none to show: vectors, or no usable sample
   */
  static @Nullable BufferedImage of(GlobalBatch batch, PictureInput input, int most) {
    int shown = Math.min(most, batch.size());
    if (!(input instanceof ImageSettings settings)
        || settings.pixels() != PixelType.UINT8
        || shown == 0) {
      return null;
    }
    int columns = (int) Math.ceil(Math.sqrt(shown));
    int size = settings.size();
    BufferedImage sheet =
        new BufferedImage(
            columns * size, Math.ceilDiv(shown, columns) * size, BufferedImage.TYPE_INT_RGB);
    int at = 0;
    for (GlobalBatch.Share share : batch.shares()) {
      for (GlobalBatch.Part part : share.parts()) {
        for (int i = 0; i < part.size() && at < shown; i++, at++) {
          draw(part, i, settings, sheet, at % columns * size, at / columns * size);
        }
      }
    }
    return sheet;
  }

  /** Colour changes are in the matrix, which normalises too: that is taken back. */
  private static void draw(
      GlobalBatch.Part part, int i, ImageSettings settings, BufferedImage sheet, int x, int y) {
    ByteBuffer images = part.images();
    ByteBuffer colour = part.colour();
    int size = settings.size();
    double[] rgb = new double[3];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        int pixel = ((i * size + row) * size + column) * 3;
        for (int c = 0; c < 3; c++) {
          int matrix = Float.BYTES * (i * 12 + c * 4);
          double value = colour.getFloat(matrix + 3 * Float.BYTES);
          for (int k = 0; k < 3; k++) {
            value += colour.getFloat(matrix + k * Float.BYTES) * (images.get(pixel + k) & 0xff);
          }
          rgb[c] = 255 * (value * settings.std().get(c) + settings.mean().get(c));
        }
        sheet.setRGB(x + column, y + row, level(rgb[0]) << 16 | level(rgb[1]) << 8 | level(rgb[2]));
      }
    }
  }

  private static int level(double value) {
    return Math.clamp(Math.round(value), 0, 255);
  }
}
