package dev.facet.augment;

import dev.facet.augment.geometry.Orientation;
import dev.facet.augment.memory.Pixels;

/**
 * A picture whose pixels are decoded once it is known which of them are needed, and how finely.
 *
 * @param <E> what is thrown where they cannot be
 */
public interface StoredPicture<E extends Exception> {
  /** Width of the upright picture. */
  int shownWidth();

  /** Height of the upright picture. */
  int shownHeight();

  /** How to turn it upright. */
  Orientation orientation();

  /**
   * Decodes it, as stored.
   *
   * @param reduction a power of two, at most 8: by how much it may be shrunk
   * @param wanted which pixels will be read, of the picture in full size: left, top, right and
   *     bottom, the latter two exclusive
   * @return at least these; they say what they show
   */
  Pixels decode(int reduction, int[] wanted) throws E;
}
