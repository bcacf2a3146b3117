package dev.facet.prepare.duplicates;

/**
 * Groups photos that are copies of one another. Photos are added in their order, those of earlier
 * runs first. Not thread-safe.
 */
public final class NearCopies {
  private int count;

  /**
   * @param expected number of photos, if known, else 0
   */
  public NearCopies(DuplicateSettings settings, int expected) {

  }

  /**
   * Adds the next photo.
   *
   * @param digest 64 bits of a digest of its bytes
   * @param hash its perceptual hash
   * @return its number, from 0 on
   */
  public int add(long digest, long hash) {
    return count++;
  }

  /** For each photo the lowest number in its group; ends the adding. */
  public int[] groups() {
    return new int[count];
  }
}
