package dev.facet.loader.picture;

import dev.facet.augment.geometry.Box;
import dev.facet.augment.memory.NativeMemory;
import dev.facet.loader.data.Row;
import dev.facet.loader.header.ImageHeader;
import java.awt.image.BufferedImage;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** What a {@link PictureMaker} made of a row. Used again for the next one. */
public final class MadePicture {
  private final ImageSettings images;
  private Row row = new Row();
  private int caption;
  private boolean swapped;
  private ImageHeader header = ImageHeader.NONE;
  private double @Nullable [] box;
  private long id;
  private float[] colour = new float[0];
  private long address;
  private @Nullable String remark;

  MadePicture(ImageSettings images) {
    this.images = images;
  }

  void set(
      Row newRow,
      int newCaption,
      boolean newSwapped,
      ImageHeader newHeader,
      double @Nullable [] newBox,
      long newId,
      float[] newColour,
      long newAddress,
      @Nullable String newRemark) {
    row = newRow;
    caption = newCaption;
    swapped = newSwapped;
    header = newHeader;
    box = newBox;
    id = newId;
    colour = newColour;
    address = newAddress;
    remark = newRemark;
  }

  /** The caption that was drawn, left and right exchanged where that is asked for. */
  public String caption() {
    return swapped ? row.swappedCaption(caption) : row.caption(caption);
  }

  /** What the picture's header says. */
  public ImageHeader header() {
    return header;
  }

  /** What the library that decoded the picture said of its data; null if nothing. */
  public @Nullable String remark() {
    return remark;
  }

  /** The face box in the upright picture, in pixels. */
  public @Nullable Box box() {
    return box == null ? null : new Box(box[0], box[1], box[2], box[3]);
  }

  /** Tells pictures apart: equal where the same face of the same picture is seen. */
  public long id() {
    return id;
  }

  /**
   * Colour change and normalisation: 12 floats, the 3 x 4 matrix, row by row, that takes (r, g, b,
   * 1), with r, g, b in 0..255, to normalised channels.
   */
  public float[] colour() {
    return colour;
  }

  /** Where the size x size x 3 bytes lie, colour and normalisation still to come. */
  public long address() {
    return address;
  }

  /**
   * The picture to look at: its colour changed, its normalisation undone, so that the mean colour
   * shows as such.
   */
  public BufferedImage image() {
    int size = images.size();
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < size * size; i++) {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        rgb = rgb << 8 | level(c, address + 3L * i);
      }
      image.setRGB(i % size, i / size, rgb);
    }
    return image;
  }

  /** One channel of a pixel, its colour changed, 0 to 255. */
  private int level(int channel, long pixel) {
    double value = colour[4 * channel + 3];
    for (int c = 0; c < 3; c++) {
      int given = NativeMemory.ALL.get(ValueLayout.JAVA_BYTE, pixel + c) & 0xff;
      value += colour[4 * channel + c] * given;
    }
    double level = 255 * (value * images.std().get(channel) + images.mean().get(channel));
    return Math.clamp(Math.round(level), 0, 255);
  }
}
