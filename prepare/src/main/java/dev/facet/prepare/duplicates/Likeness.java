package dev.facet.prepare.duplicates;

import dev.facet.prepare.photo.PerceptualHash;
import dev.facet.prepare.photo.Photo;
import org.jspecify.annotations.Nullable;

/** One photo that others are held against, to find copies of it. */
final class Likeness {
  private final String sha256;
  private final PerceptualHash hash;
  private final int distance;

  /**
   * Of a photo.
   *
   * @param distance as {@link DuplicateSettings#distance}
   */
  Likeness(Photo photo, int distance) {
    this.sha256 = photo.sha256();
    this.hash = photo.hash();
    this.distance = distance;
  }

  /** Whether it can be told by its looks, and not by its bytes alone. */
  boolean hasLooks() {
    return !hash.equals(PerceptualHash.NONE);
  }

  /**
   * Bits in which another photo's perceptual hash differs, 0 for the same bytes; null if it is no
   * copy.
   */
  @Nullable Integer bits(Photo other) {
    if (other.sha256().equals(sha256)) {
      return 0;
    }
    if (!hasLooks() || other.hash().equals(PerceptualHash.NONE)) {
      return null;
    }
    int coarse = Long.bitCount(hash.coarse() ^ other.hash().coarse());
    int fine = Long.bitCount(hash.fine() ^ other.hash().fine());
    return NearCopies.isNear(coarse, fine, distance) ? coarse + fine : null;
  }

  /** Whether another photo has the same bytes. */
  boolean sameBytes(Photo other) {
    return other.sha256().equals(sha256);
  }
}
