package dev.facet.cli.inspect;

import dev.facet.augment.Augmentation;
import dev.facet.augment.resample.Interpolation;
import dev.facet.augment.resample.ResizeMode;
import dev.facet.base.SampleRandom;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Row;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.picture.PictureMaker;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows what an augmentation makes of a picture: all of it, with its captions, beside sixteen
 * draws, those of the training's first sixteen epochs, each with the operations that changed it.
 * The draws are made in the size that the model takes and then scaled, as blurs and the like depend
 * on it.
 */
final class Variations implements AutoCloseable {
  /** Draws per side of their square. */
  static final int DRAWS = 4;

  /** Lines of text below each draw, and below the whole picture. */
  static final int LINES = 5;

  private static final int GAP = 4;
  private static final Color PAPER = new Color(0xF4F4F2);

  /** An operation that moves no level of a pixel further than this is not seen. */
  private static final int UNSEEN = 3;

  private final List<String> names;
  private final PictureMaker whole;

  /** Makers that stop after no operation, after the first, and so on to the last. */
  private final List<PictureMaker> steps = new ArrayList<>();

  private final SampleRandom random = new SampleRandom();
  private final int cell;
  private final int side;
  private final int pitch;
  private final long seed;

  /**
   * Takes native memory.
   *
   * @param cell side of one draw as it is shown, in pixels
   * @param seed of the run
   */
  Variations(ImageSettings images, int cell, long seed) {
    this.cell = cell;
    this.side = DRAWS * (cell + GAP) - GAP;
    this.pitch = cell + LINES * SheetText.LINE + GAP;
    this.seed = seed;
    this.names = images.augment().names();
    this.whole =
        new PictureMaker(
            ImageSettings.plain(
                side,
                Augmentation.evaluation(null, ResizeMode.SQUASH, Interpolation.BICUBIC),
                images.decode(),
                images.boxSpace()));
    for (int count = 0; count <= names.size(); count++) {
      steps.add(new PictureMaker(images.with(images.augment().first(count))));
    }
  }

  /**
   * Draws a sheet: on the left all of the picture, on the right a square of draws.
   *
   * @param number of the row in its data set
   * @throws BadSampleException as training would
   */
  BufferedImage of(Row row, long number) throws BadSampleException {
    BufferedImage sheet =
        new BufferedImage(3 * GAP + 2 * side, GAP + DRAWS * pitch, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      graphics.setColor(PAPER);
      graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
      BufferedImage all = Miniature.of(whole.make(row, random));
      graphics.drawImage(all, GAP + (side - all.getWidth()) / 2, GAP, null);
      SheetText.draw(
          graphics, String.join(" / ", row.captions()), GAP, GAP + all.getHeight(), side, LINES);
      graphics.translate(2 * GAP + side, GAP);
      for (int i = 0; i < DRAWS * DRAWS; i++) {
        draw(graphics, row, number, i);
      }
      return sheet;
    } finally {
      graphics.dispose();
    }
  }

  private void draw(Graphics2D graphics, Row row, long number, int epoch)
      throws BadSampleException {
    int x = epoch % DRAWS * (cell + GAP);
    int y = epoch / DRAWS * pitch;
    List<String> seen = new ArrayList<>();
    BufferedImage before = null;
    for (int count = 0; count <= names.size(); count++) {
      random.reset(seed, epoch, number);
      BufferedImage drawn = steps.get(count).make(row, random).image();
      if (before != null && differ(before, drawn)) {
        seen.add(names.get(count - 1));
      }
      before = drawn;
    }
    graphics.drawImage(before, x, y, cell, cell, null);
    SheetText.draw(graphics, String.join(", ", seen), x, y + cell, cell, LINES);
  }

  private static boolean differ(BufferedImage one, BufferedImage other) {
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        int first = one.getRGB(x, y);
        int second = other.getRGB(x, y);
        for (int shift = 0; shift < 24; shift += 8) {
          if (Math.abs((first >> shift & 0xff) - (second >> shift & 0xff)) > UNSEEN) {
            return true;
          }
        }
      }
    }
    return false;
  }

  @Override
  public void close() {
    whole.close();
    steps.forEach(PictureMaker::close);
  }
}
