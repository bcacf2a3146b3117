package dev.facet.loader.picture;

import dev.facet.augment.Augmentation;
import dev.facet.augment.Augmenter;
import dev.facet.base.FacetException;
import dev.facet.base.SampleRandom;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.ChunkSizes;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.decode.ImageHeader;
import dev.facet.loader.decode.PictureDecoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import javax.imageio.ImageIO;

/** Small JPEGs of single rows, cropped as a model sees them. Not thread-safe. */
public final class Thumbnails implements AutoCloseable {
  private static final List<Double> ZERO = List.of(0.0, 0.0, 0.0);
  private static final List<Double> ONE = List.of(1.0, 1.0, 1.0);

  private final Dataset dataset;
  private final ChunkSizes sizes;
  private final int side;
  private final BoxSpace boxSpace;
  private final PictureDecoder decoder;
  private final Augmenter augmenter;
  private final SampleRandom random = new SampleRandom();
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment pixels;

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
    this.side = side;
    this.boxSpace = boxSpace;
    this.decoder = new PictureDecoder(decode);
    this.augmenter = new Augmenter(cut, side, ZERO, ONE);
    this.pixels = arena.allocate(3L * side * side);
  }

  /**
   * One row's picture.
   *
   * @param row dataset-wide number, as a batch gives it
   */
  public byte[] jpeg(long row) {
    int chunk = sizes.chunkOf(row);
    try (Chunk open = dataset.open(chunk)) {
      Row found = open.row((int) (row - sizes.firstRow(chunk)));
      ImageHeader header = decoder.inspect(found.image());
      double[] box = found.box();
      if (box != null && boxSpace == BoxSpace.STORED) {
        header.orientation().show(box, header.shownWidth(), header.shownHeight());
      }
      augmenter.aim(header.shownWidth(), header.shownHeight(), box, false, random);
      augmenter.render(
          decoder.decode(found.image(), header, augmenter.reduction()),
          header.orientation(),
          random,
          pixels.address());
      return encode();
    } catch (IOException | BadSampleException e) {
      throw FacetException.run(
          dataset.name() + ", row " + row + ", cannot be read any more: " + e.getMessage(), e);
    }
  }

  private byte[] encode() throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      int red = pixels.get(ValueLayout.JAVA_BYTE, 3L * i) & 0xFF;
      int green = pixels.get(ValueLayout.JAVA_BYTE, 3L * i + 1) & 0xFF;
      int blue = pixels.get(ValueLayout.JAVA_BYTE, 3L * i + 2) & 0xFF;
      image.setRGB(i % side, i / side, red << 16 | green << 8 | blue);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", out);
    return out.toByteArray();
  }

  @Override
  public void close() {
    decoder.close();
    augmenter.close();
    arena.close();
  }
}
