package dev.facet.augment.geometry;

/**
 * How a stored picture must be turned to be displayed: EXIF tag 0x0112 (CIPA DC-008, section
 * 4.6.4). Each is an optional transposition followed by optional mirrorings.
 */
public enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  HALF_TURN(false, true, true),
  UPSIDE_DOWN_MIRRORED(false, false, true),
  TRANSPOSED(true, false, false),
  QUARTER_TURN_RIGHT(true, true, false),
  TRANSVERSE(true, true, true),
  QUARTER_TURN_LEFT(true, false, true);

  private static final Orientation[] BY_TAG = values();

  private final boolean transposed;
  private final boolean mirrorX;
  private final boolean mirrorY;

  Orientation(boolean transposed, boolean mirrorX, boolean mirrorY) {
    this.transposed = transposed;
    this.mirrorX = mirrorX;
    this.mirrorY = mirrorY;
  }

  /** The orientation of an EXIF value; values outside 1 to 8 mean upright. */
  public static Orientation ofTag(int value) {
    return value >= 1 && value <= BY_TAG.length ? BY_TAG[value - 1] : UPRIGHT;
  }

  /** Whether width and height change places. */
  public boolean transposed() {
    return transposed;
  }

  /** Whether columns are reversed, after any transposition. */
  public boolean mirrorX() {
    return mirrorX;
  }

  /** Whether rows are reversed, after any transposition. */
  public boolean mirrorY() {
    return mirrorY;
  }

  /**
   * Turns a box of the stored picture into one of the displayed picture, in place.
   *
   * @param box left, top, right, bottom
   * @param width of the displayed picture
   * @param height of the displayed picture
   */
  public void show(double[] box, int width, int height) {
    if (transposed) {
      swap(box, 0, 1);
      swap(box, 2, 3);
    }
    if (mirrorX) {
      box[0] = width - box[0];
      box[2] = width - box[2];
      swap(box, 0, 2);
    }
    if (mirrorY) {
      box[1] = height - box[1];
      box[3] = height - box[3];
      swap(box, 1, 3);
    }
  }

  private static void swap(double[] box, int i, int j) {
    double kept = box[i];
    box[i] = box[j];
    box[j] = kept;
  }
}
