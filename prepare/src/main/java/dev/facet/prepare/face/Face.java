package dev.facet.prepare.face;

/** What stands where a face's box should be. */
public sealed interface Face {
  /** Four whole numbers in pixels of the picture, within it; right and bottom are exclusive. */
  record Found(int left, int top, int right, int bottom) implements Face {
    /** In pixels. */
    public int width() {
      return right - left;
    }

    /** In pixels. */
    public int height() {
      return bottom - top;
    }
  }

  /**
   * No box that could be used.
   *
   * @param reason the word it is counted by: {@code no_box}, {@code box_malformed}, {@code
   *     box_inverted} or {@code box_outside}
   */
  record Unusable(String reason) implements Face {}
}
