package dev.facet.cli.inspect;

import dev.facet.base.FacetException;
import dev.facet.base.Staged;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.ChunkSizes;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import dev.facet.loader.picture.ImageSettings;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** A PNG of pictures one below the other, each beside sixteen draws of its variations. */
public final class VariationSheet {
  /** Side of one draw, in pixels. */
  private static final int CELL = 112;

  /** Rows looked at for each picture wanted, as some may be unusable. */
  private static final int TRIES = 20;

  private final Variations variations;
  private final Row row = new Row();
  private final List<BufferedImage> drawn = new ArrayList<>();

  private VariationSheet(Variations variations) {
    this.variations = variations;
  }

  /**
   * Draws rows spread over a dataset, with the random numbers of training's first sixteen epochs.
   *
   * @param pictures how many, fewer where the dataset has fewer that can be used
   * @param seed of the run
   */
  public static void write(Dataset dataset, ImageSettings images, int pictures, long seed, Path out)
      throws IOException {
    try (Variations variations = new Variations(images, CELL, seed)) {
      VariationSheet sheet = new VariationSheet(variations);
      sheet.draw(dataset, pictures);
      if (sheet.drawn.isEmpty()) {
        throw FacetException.run(
            dataset.name() + " holds no usable picture among those looked at: see facet inspect");
      }
      sheet.write(out);
    }
  }

  private void draw(Dataset dataset, int pictures) throws IOException {
    ChunkSizes sizes = new ChunkSizes(dataset.chunkCount(), dataset::rowCount);
    long step = Math.max(1, dataset.size() / pictures);
    for (long first = 0; first < dataset.size() && drawn.size() < pictures; first += step) {
      int chunk = sizes.chunkOf(first);
      long last = Math.min(first + Math.min(step, TRIES), sizes.firstRow(chunk + 1));
      try (Chunk open = dataset.open(chunk)) {
        for (long number = first; number < last; number++) {
          if (add(open, (int) (number - sizes.firstRow(chunk)), number)) {
            break;
          }
        }
      }
    }
  }

  private boolean add(Chunk chunk, int index, long number) throws IOException {
    try {
      chunk.read(index, row);
      drawn.add(variations.of(row, number));
      return true;
    } catch (BadSampleException e) {
      return false;
    }
  }

  private void write(Path out) throws IOException {
    int width = drawn.getFirst().getWidth();
    int height = drawn.getFirst().getHeight();
    BufferedImage sheet =
        new BufferedImage(width, height * drawn.size(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    for (int i = 0; i < drawn.size(); i++) {
      graphics.drawImage(drawn.get(i), 0, i * height, null);
    }
    graphics.dispose();
    try (Staged staged = Staged.file(out)) {
      if (!ImageIO.write(sheet, "png", staged.path().toFile())) {
        throw FacetException.run("this Java cannot write PNG files: use a full JDK");
      }
      staged.commit();
    }
  }
}
