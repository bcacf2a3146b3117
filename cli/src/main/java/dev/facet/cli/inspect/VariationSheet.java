package dev.facet.cli.inspect;

import dev.facet.augment.AugmentSheet;
import dev.facet.augment.operation.MirroredCaptions;
import dev.facet.base.FacetException;
import dev.facet.base.SampleRandom;
import dev.facet.base.Staged;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.CaptionSides;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.ChunkSizes;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import dev.facet.loader.decode.ImageHeader;
import dev.facet.loader.decode.PictureDecoder;
import dev.facet.loader.picture.BoxSpace;
import dev.facet.loader.picture.ImageSettings;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** A PNG of pictures one below the other, each beside sixteen draws of its variations. */
public final class VariationSheet {
  /** Side of one draw, in pixels. */
  private static final int CELL = 112;

  /** Rows looked at for each picture wanted, as some may be unusable. */
  private static final int TRIES = 20;

  private final ImageSettings images;
  private final AugmentSheet variations;
  private final long seed;
  private final Row row = new Row();
  private final List<BufferedImage> drawn = new ArrayList<>();

  private VariationSheet(ImageSettings images, AugmentSheet variations, long seed) {
    this.images = images;
    this.variations = variations;
    this.seed = seed;
  }

  /**
   * Draws rows spread over a dataset with the random numbers of training's first sixteen epochs.
   * Training may shrink a JPEG while it decodes it, which is not done here and hardly shows.
   *
   * @param pictures how many, fewer where the dataset has fewer that can be used
   * @param seed of the run
   */
  public static void write(Dataset dataset, ImageSettings images, int pictures, long seed, Path out)
      throws IOException {
    try (AugmentSheet variations =
        new AugmentSheet(images.augment(), images.size(), images.mean(), images.std(), CELL)) {
      VariationSheet sheet = new VariationSheet(images, variations, seed);
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
    try (PictureDecoder decoder = new PictureDecoder(images.decode())) {
      for (long first = 0; first < dataset.size() && drawn.size() < pictures; first += step) {
        int chunk = sizes.chunkOf(first);
        long last = Math.min(first + Math.min(step, TRIES), sizes.firstRow(chunk + 1));
        try (Chunk open = dataset.open(chunk)) {
          for (long number = first; number < last; number++) {
            if (add(decoder, open, (int) (number - sizes.firstRow(chunk)), number)) {
              break;
            }
          }
        }
      }
    }
  }

  private boolean add(PictureDecoder decoder, Chunk chunk, int index, long number)
      throws IOException {
    try {
      chunk.read(index, row);
      ImageHeader header = decoder.inspect(row.image());
      double[] box = row.box();
      if (box != null && images.boxSpace() == BoxSpace.STORED) {
        header.orientation().show(box, header.shownWidth(), header.shownHeight());
      }
      BufferedImage sheet = draw(decoder, header, box, number);
      if (sheet != null) {
        drawn.add(sheet);
      }
      return sheet != null;
    } catch (BadSampleException e) {
      return false;
    }
  }

  private @Nullable BufferedImage draw(
      PictureDecoder decoder, ImageHeader header, double @Nullable [] box, long number)
      throws BadSampleException {
    return variations.draw(
        decoder.decode(row.image(), header, 1),
        header.orientation(),
        box,
        this::mayFlip,
        seed,
        number);
  }

  private boolean mayFlip(SampleRandom random) {
    String caption = row.caption(row.draw(random));
    return images.augment().flipCaptions() != MirroredCaptions.SKIP
        || !CaptionSides.speaksOfSides(caption);
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
