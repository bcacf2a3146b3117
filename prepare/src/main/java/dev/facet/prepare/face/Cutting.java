package dev.facet.prepare.face;

import dev.facet.augment.geometry.Box;
import dev.facet.prepare.photo.PhotoHeader;
import org.jspecify.annotations.Nullable;

/** What is cut out for one face, or why nothing is. */
public sealed interface Cutting {
  /**
   * A rectangle of the displayed picture, in its pixels, and what it becomes.
   *
   * @param right exclusive
   * @param bottom exclusive
   * @param width of the result, in pixels
   * @param height of the result, in pixels
   * @param box the face in the result; null if none is known
   */
  record Cut(int left, int top, int right, int bottom, int width, int height, @Nullable Box box)
      implements Cutting {

    /** Whether that is the whole picture, not resized: its bytes, metadata included, stay. */
    public boolean keepsBytes(PhotoHeader photo) {
      return right - left == photo.shownWidth()
          && bottom - top == photo.shownHeight()
          && width == photo.shownWidth()
          && height == photo.shownHeight();
    }
  }

  /**
   * Nothing.
   *
   * @param reason {@code no_box}, {@code box_malformed}, {@code box_inverted}, {@code box_outside}
   *     or {@code small_face}
   */
  record None(String reason) implements Cutting {}
}
