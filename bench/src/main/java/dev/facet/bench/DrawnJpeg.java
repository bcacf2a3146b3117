package dev.facet.bench;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures for benchmarks: soft ovals of many colours, about as hard to decode as photographs. */
final class DrawnJpeg {
  private DrawnJpeg() {}

  /** The same bytes for the same side and seed. */
  static byte[] of(int side, long seed) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    Random colours = new Random(seed);
    for (int i = 0; i < 80; i++) {
      int x = colours.nextInt(side);
      int y = colours.nextInt(side);
      Color from = new Color(colours.nextInt(1 << 24));
      g.setPaint(new GradientPaint(x, y, from, y, x, new Color(colours.nextInt(1 << 24))));
      g.fillOval(x - side / 8, y - side / 8, side / 4, side / 5);
    }
    g.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", bytes);
    return bytes.toByteArray();
  }
}
