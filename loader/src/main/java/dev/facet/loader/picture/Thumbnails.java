package dev.facet.loader.picture;

import dev.facet.augment.Augmentation;
import dev.facet.base.FacetException;
import dev.facet.base.SampleRandom;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.ChunkSizes;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.decode.DecodeSettings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Small JPEGs of single rows, cropped as a model sees them. Not thread-safe. */
public final class Thumbnails implements AutoCloseable {
  private final Dataset dataset;
  private final ChunkSizes sizes;
  private final PictureMaker pictures;
  private final SampleRandom random = new SampleRandom();

  /**
   * For the rows of one dataset.
   *
   * @param side of the square pictures
   * @param cut which part of a picture is shown, nothing at random
   * @param boxSpace what the numbers of face boxes refer to
   */
  public Thumbnails(
      Dataset dataset, int side, Augmentation cut, DecodeSettings decode, BoxSpace boxSpace) {
    this.dataset = dataset;
    this.sizes = new ChunkSizes(dataset.chunkCount(), dataset::rowCount);
    this.pictures = new PictureMaker(ImageSettings.plain(side, cut, decode, boxSpace));
  }

  /**
   * One row's picture.
   *
   * @param row dataset-wide number, as a batch gives it
   */
  public byte[] jpeg(long row) {
    int chunk = sizes.chunkOf(row);
    try (Chunk open = dataset.open(chunk)) {
      return encode(pictures.make(open.row((int) (row - sizes.firstRow(chunk))), random).image());
    } catch (IOException | BadSampleException e) {
      throw FacetException.run(
          dataset.name() + ", row " + row + ", cannot be read any more: " + e.getMessage(), e);
    }
  }

  private static byte[] encode(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", out);
    return out.toByteArray();
  }

  @Override
  public void close() {
    pictures.close();
  }
}
