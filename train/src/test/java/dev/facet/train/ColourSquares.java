package dev.facet.train;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;

/** Pictures of two colours, one above the other, with a caption that names both. */
final class ColourSquares implements Dataset {
  private static final Map<String, Color> COLOURS =
      Map.of("red", Color.RED, "green", Color.GREEN, "blue", Color.BLUE, "white", Color.WHITE);
  private static final List<String> NAMES = COLOURS.keySet().stream().sorted().toList();
  private static final int ROWS_PER_CHUNK = 8;

  private final int rows;
  private final IntUnaryOperator shown;

  /**
   * @param shown which picture a row shows; its caption is its own
   */
  ColourSquares(int rows, IntUnaryOperator shown) {
    this.rows = rows;
    this.shown = shown;
  }

  static String caption(int row) {
    return NAMES.get(row % 4) + " above " + NAMES.get(row / 4 % 4);
  }

  @Override
  public String name() {
    return "colour squares";
  }

  @Override
  public int chunkCount() {
    return rows / ROWS_PER_CHUNK;
  }

  @Override
  public int rowCount(int chunk) {
    return ROWS_PER_CHUNK;
  }

  @Override
  public Chunk open(int chunk) {
    return new Chunk() {
      @Override
      public void read(int index, Row row) throws BadSampleException {
        int number = chunk * ROWS_PER_CHUNK + index;
        byte[] picture = picture(shown.applyAsInt(number));
        row.clear();
        row.id("square-" + number);
        row.source("drawn");
        row.caption(caption(number), 1);
        row.image().at(MemorySegment.ofArray(picture), 0, picture.length);
        row.check();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}

  private static byte[] picture(int row) {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(COLOURS.get(NAMES.get(row % 4)));
    graphics.fillRect(0, 0, 16, 8);
    graphics.setColor(COLOURS.get(NAMES.get(row / 4 % 4)));
    graphics.fillRect(0, 8, 16, 8);
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
