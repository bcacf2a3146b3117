package dev.facet.loader.header;

import dev.facet.augment.geometry.Orientation;

/**
 * What a picture's header says, before any pixel memory exists. Used again for the next picture, so
 * that looking at one costs no object.
 */
public final class ImageHeader {
  /** Of no picture yet. */
  public static final ImageHeader NONE = new ImageHeader();

  private ImageFormat format = ImageFormat.JPEG;
  private int width;
  private int height;
  private boolean alpha;
  private Orientation orientation = Orientation.UPRIGHT;
  private int frames;
  private int iccBytes;

  /** To be filled by {@link Headers#read}. */
  public ImageHeader() {}

  ImageHeader set(
      ImageFormat newFormat,
      int newWidth,
      int newHeight,
      boolean newAlpha,
      Orientation newOrientation,
      int newFrames,
      int newIccBytes) {
    format = newFormat;
    width = newWidth;
    height = newHeight;
    alpha = newAlpha;
    orientation = newOrientation;
    frames = newFrames;
    iccBytes = newIccBytes;
    return this;
  }

  /** By the first bytes, whatever the name says. */
  public ImageFormat format() {
    return format;
  }

  /** Width of the picture as stored. */
  public int width() {
    return width;
  }

  /** Height of the picture as stored. */
  public int height() {
    return height;
  }

  /** Whether pixels may be transparent. */
  public boolean alpha() {
    return alpha;
  }

  /** How to turn the stored picture upright. */
  public Orientation orientation() {
    return orientation;
  }

  /** Number of pictures in the file, of which the first is used; 1 if that is not known. */
  public int frames() {
    return frames;
  }

  /** Size of the colour profile as stored, in a PNG compressed; 0 if there is none. */
  public int iccBytes() {
    return iccBytes;
  }

  /** Width of the upright picture. */
  public int shownWidth() {
    return orientation.transposed() ? height : width;
  }

  /** Height of the upright picture. */
  public int shownHeight() {
    return orientation.transposed() ? width : height;
  }

  /** Number of pixels. */
  public long pixels() {
    return (long) width * height;
  }
}
