package dev.facet.augment.geometry;

import org.jspecify.annotations.Nullable;

/**
 * What is seen of the displayed picture: a parallelogram that becomes the result's square. Begins
 * as the whole picture; every geometric operation moves it, so their composition is one map.
 * Lengths that operations give and ask for are in pixels of the picture as seen so far, which
 * {@link #squash} makes a square. Reusable; not thread-safe.
 */
public final class Frame {
  private final int size;

  private int shownWidth;
  private int shownHeight;
  private double @Nullable [] box;
  private boolean mayMirror;
  private boolean mirrored;
  private boolean usable;
  private boolean square;

  /** Where the first corner lies, in pixels of the displayed picture. */
  private double x;

  private double y;

  /** The steps along the two edges, and how many steps each edge has. */
  private double acrossX;

  private double acrossY;
  private double downX;
  private double downY;
  private double across;
  private double down;

  /** Lengths of the two edges as operations see them. */
  private double width;

  private double height;

  /**
   * @param size side of the result
   */
  public Frame(int size) {
    this.size = size;
  }

  /** The whole picture. */
  public void whole(int newWidth, int newHeight, double @Nullable [] newBox, boolean newMayMirror) {
    shownWidth = newWidth;
    shownHeight = newHeight;
    box = newBox;
    mayMirror = newMayMirror;
    mirrored = false;
    usable = true;
    square = false;
    x = 0;
    y = 0;
    acrossX = 1;
    acrossY = 0;
    downX = 0;
    downY = 1;
    across = newWidth;
    down = newHeight;
    width = newWidth;
    height = newHeight;
  }

  public double width() {
    return width;
  }

  public double height() {
    return height;
  }

  public double @Nullable [] box() {
    return box;
  }

  public boolean mayMirror() {
    return mayMirror;
  }

  public boolean mirrored() {
    return mirrored;
  }

  /** Whether no operation refused the sample. */
  public boolean usable() {
    return usable;
  }

  /** The sample's box is of no use. */
  public void refuse() {
    usable = false;
  }

  /** Keeps a rectangle. */
  public void cut(double left, double top, double newWidth, double newHeight) {
    double stepX = across / width; // exactly 1 until something was squashed
    double stepY = down / height;
    walk(left * stepX, top * stepY);
    across = newWidth * stepX;
    down = newHeight * stepY;
    width = newWidth;
    height = newHeight;
  }

  /** From here on operations see the result's square. */
  public void squash() {
    width = size;
    height = size;
    square = true;
  }

  /** Whether it was squashed. */
  public boolean square() {
    return square;
  }

  public void mirror() {
    walk(across, 0);
    acrossX = -acrossX;
    acrossY = -acrossY;
    mirrored = !mirrored;
  }

  /** Turns the picture counter-clockwise around the frame's centre. */
  public void turn(double radians) {
    double cos = Math.cos(radians);
    double sin = Math.sin(radians);
    affine(cos, sin, -sin, cos);
  }

  /** Shifts each row of the picture by {@code slope} times its distance from the centre. */
  public void slant(double slope) {
    affine(1, 0, slope, 1);
  }

  /** Shifts the picture to the right and down. */
  public void shift(double right, double down) {
    walk(-right * across / width, -down * this.down / height);
  }

  /** Where the frame lies in the stored picture, in full-size pixels. */
  public void stored(Orientation orientation, Quad quad) {
    quad.set(x, y, across * acrossX, across * acrossY, down * downX, down * downY);
    quad.store(orientation, shownWidth, shownHeight);
  }

  /**
   * Writes the stored full-size pixels that the frame lies on, and some around them.
   *
   * @param quad the frame, from {@link #stored}
   * @param room how many around them
   * @param out left, top, right, bottom
   */
  public void bounds(Orientation orientation, Quad quad, int room, int[] out) {
    int storedWidth = orientation.transposed() ? shownHeight : shownWidth;
    int storedHeight = orientation.transposed() ? shownWidth : shownHeight;
    out[0] = (int) Math.clamp(Math.floor(quad.left()) - room, 0, storedWidth - 1);
    out[1] = (int) Math.clamp(Math.floor(quad.top()) - room, 0, storedHeight - 1);
    out[2] =
        (int) Math.clamp(Math.ceil(quad.left() + quad.width()) + room, out[0] + 1, storedWidth);
    out[3] =
        (int) Math.clamp(Math.ceil(quad.top() + quad.height()) + room, out[1] + 1, storedHeight);
  }

  /** Pixels of the picture per pixel of the result, along the edge where there are fewer. */
  public double density() {
    return Math.min(across * Math.hypot(acrossX, acrossY), down * Math.hypot(downX, downY)) / size;
  }

  /** The same along the edge where there are more. */
  public double coarseness() {
    return Math.max(across * Math.hypot(acrossX, acrossY), down * Math.hypot(downX, downY)) / size;
  }

  private void walk(double right, double down) {
    x += right * acrossX + down * downX;
    y += right * acrossY + down * downY;
  }

  /** New edges, as combinations of the old ones per pixel as seen, around the same centre. */
  private void affine(double xAcross, double xDown, double yAcross, double yDown) {
    if (xAcross == 1 && xDown == 0 && yAcross == 0 && yDown == 1) {
      return; // keeps whole numbers whole
    }
    double stepX = across / width;
    double stepY = down / height;
    walk(across / 2, down / 2);
    double ax = acrossX * stepX;
    double ay = acrossY * stepX;
    double dx = downX * stepY;
    double dy = downY * stepY;
    acrossX = xAcross * ax + xDown * dx;
    acrossY = xAcross * ay + xDown * dy;
    downX = yAcross * ax + yDown * dx;
    downY = yAcross * ay + yDown * dy;
    across = width;
    down = height;
    walk(-across / 2, -down / 2);
  }
}
