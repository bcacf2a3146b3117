package dev.facet.augment.geometry;

import dev.facet.augment.memory.Pixels;

/**
 * A parallelogram in a stored picture: a corner and the two edges that become the result's upper
 * and left edge. Reusable; not thread-safe.
 */
public final class Quad {
  public double x;
  public double y;
  public double acrossX;
  public double acrossY;
  public double downX;
  public double downY;

  void set(
      double newX,
      double newY,
      double newAcrossX,
      double newAcrossY,
      double newDownX,
      double newDownY) {
    x = newX;
    y = newY;
    acrossX = newAcrossX;
    acrossY = newAcrossY;
    downX = newDownX;
    downY = newDownY;
  }

  /** From the displayed picture, {@code width} by {@code height}, to the stored one. */
  void store(Orientation orientation, int width, int height) {
    if (orientation.mirrorX()) {
      x = width - x;
      acrossX = -acrossX;
      downX = -downX;
    }
    if (orientation.mirrorY()) {
      y = height - y;
      acrossY = -acrossY;
      downY = -downY;
    }
    if (orientation.transposed()) {
      set(y, x, acrossY, acrossX, downY, downX);
    }
  }

  /** From full-size pixels of the stored picture to the pixels that were decoded. */
  public void into(Pixels decoded) {
    double scaleX = decoded.width() / decoded.coverWidth();
    double scaleY = decoded.height() / decoded.coverHeight();
    set(
        (x - decoded.coverX()) * scaleX,
        (y - decoded.coverY()) * scaleY,
        acrossX * scaleX,
        acrossY * scaleY,
        downX * scaleX,
        downY * scaleY);
  }

  /** Whether it is a rectangle along the picture's rows and columns. */
  public boolean aligned() {
    return (acrossY == 0 && downX == 0) || transposed();
  }

  /** Whether the result's rows are the picture's columns. */
  public boolean transposed() {
    return acrossX == 0 && downY == 0;
  }

  /** Of an aligned one: whether the result's columns run against the picture. */
  public boolean mirrorX() {
    return acrossX + acrossY < 0;
  }

  /** Of an aligned one: whether the result's rows run against the picture. */
  public boolean mirrorY() {
    return downX + downY < 0;
  }

  /** Points {@code part} at the picture's whole pixels that an aligned one covers. */
  public void cut(Pixels picture, Pixels part) {
    int left = Math.clamp(Math.round(left()), 0, picture.width() - 1);
    int top = Math.clamp(Math.round(top()), 0, picture.height() - 1);
    part.within(
        picture,
        left,
        top,
        Math.clamp(Math.round(width()), 1, picture.width() - left),
        Math.clamp(Math.round(height()), 1, picture.height() - top));
  }

  public double left() {
    return x + Math.min(0, acrossX) + Math.min(0, downX);
  }

  public double top() {
    return y + Math.min(0, acrossY) + Math.min(0, downY);
  }

  /** Of the rectangle around it. */
  public double width() {
    return Math.abs(acrossX) + Math.abs(downX);
  }

  /** Of the rectangle around it. */
  public double height() {
    return Math.abs(acrossY) + Math.abs(downY);
  }
}
