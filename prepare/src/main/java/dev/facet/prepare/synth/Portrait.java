package dev.facet.prepare.synth;

import dev.facet.augment.geometry.Box;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A drawn face in its picture: size, place, tilt and light vary.
 *
 * @param box around the head; with a margin of a quarter of its side, hats, shoulders and some
 *     background are in the crop, and the rest of the picture is not
 */
record Portrait(BufferedImage image, Box box) {
  private interface Layer {
    void paint(Face face, Pen pen);
  }

  /** From back to front. */
  private static final List<Layer> LAYERS =
      List.of(
          Background::paint,
          Hair::paintBehind,
          Clothes::paint,
          Head::paint,
          Eyes::paint,
          Head::paintNose,
          LowerFace::paint,
          Clothes::paintAccessory,
          Hair::paintFront,
          Headgear::paint,
          Eyes::paintGlasses,
          Headgear::paintEarrings);

  private static final int SHORTEST_SIDE = 96;
  private static final int LONGEST_SIDE = 224;

  static Portrait of(Face face, RandomGenerator dice) {
    int width = dice.nextInt(SHORTEST_SIDE, LONGEST_SIDE + 1);
    int height =
        Math.clamp(Math.round(width * dice.nextDouble(0.8, 1.3)), SHORTEST_SIDE, LONGEST_SIDE);
    // Half a head; the crop is 3.5 of these wide and lies within the picture.
    double unit = Math.min(width, height) * dice.nextDouble(0.21, 0.27);
    double x = dice.nextDouble(1.75 * unit, width - 1.75 * unit);
    double y = dice.nextDouble(1.75 * unit, height - 1.75 * unit);

    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setClip(0, 0, width, height);
    graphics.translate(x, y);
    graphics.scale(unit, unit);
    graphics.rotate(Math.toRadians(dice.nextDouble(-5, 5)));
    Pen pen = new Pen(graphics, dice.nextDouble(0.88, 1.0));
    for (Layer layer : LAYERS) {
      layer.paint(face, pen);
    }
    graphics.dispose();
    return new Portrait(
        image,
        new Box(
            Math.rint(x - 0.95 * unit),
            Math.rint(y - 1.13 * unit),
            Math.rint(x + 0.95 * unit),
            Math.rint(y + 1.17 * unit)));
  }
}
