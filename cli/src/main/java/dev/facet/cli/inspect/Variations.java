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

/**
 * Shows what an augmentation makes of a picture: all of it beside sixteen draws, those of the
 * training's first sixteen epochs. The draws are made in the size that the model takes and then
 * scaled, as blurs and the like depend on it.
 */
final class Variations implements AutoCloseable {
  /** Draws per side of their square. */
  static final int DRAWS = 4;

  private static final int GAP = 4;
  private static final Color PAPER = new Color(0xF4F4F2);

  private final PictureMaker whole;
  private final PictureMaker varied;
  private final SampleRandom random = new SampleRandom();
  private final int cell;
  private final int side;
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
    this.seed = seed;
    this.whole =
        new PictureMaker(
            ImageSettings.plain(
                side,
                Augmentation.evaluation(null, ResizeMode.SQUASH, Interpolation.BICUBIC),
                images.decode(),
                images.boxSpace()));
    this.varied = new PictureMaker(images);
  }

  /**
   * Draws a sheet: on the left all of the picture, on the right a square of draws.
   *
   * @param number of the row in its data set
   * @throws BadSampleException as training would
   */
  BufferedImage of(Row row, long number) throws BadSampleException {
    BufferedImage sheet =
        new BufferedImage(3 * GAP + 2 * side, 2 * GAP + side, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      graphics.setColor(PAPER);
      graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
      BufferedImage all = Miniature.of(whole.make(row, random));
      graphics.drawImage(
          all, GAP + (side - all.getWidth()) / 2, GAP + (side - all.getHeight()) / 2, null);
      graphics.translate(2 * GAP + side, GAP);
      for (int i = 0; i < DRAWS * DRAWS; i++) {
        random.reset(seed, i, number);
        BufferedImage drawn = varied.make(row, random).image();
        graphics.drawImage(
            drawn, i % DRAWS * (cell + GAP), i / DRAWS * (cell + GAP), cell, cell, null);
      }
      return sheet;
    } finally {
      graphics.dispose();
    }
  }

  @Override
  public void close() {
    whole.close();
    varied.close();
  }
}
