package dev.facet.prepare.duplicates;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Groups photos that are copies of one another. Photos are numbered in their order, those of
 * earlier runs first. Not thread-safe.
 *
 * <p>Photos of the same bytes are one, so are photos of the same perceptual hash. Others are near
 * copies if the first halves of their hashes differ in at most d bits, the second halves, of finer
 * detail, in at most 2 d. Comparing all pairs of 15 million would take weeks. Two halves of 64 bits
 * that differ in at most d agree in three at least of d + 3 blocks: so for every three blocks
 * photos are put into buckets by the bits of these, and only those of one bucket are compared
 * (multi-index hashing; Manku et al., "Detecting near-duplicates for web crawling", WWW 2007,
 * section 3; Norouzi et al., "Fast search in Hamming space with multi-index hashing", CVPR 2012).
 * With d = 6 that is 84 times a counting sort.
 *
 * <p>Being a copy is passed on: if A and B are copies, and B and C, all three are one group, as no
 * copy may cross from one side of a split to the other. What would chain everything together are
 * pictures that show nothing; they have no hash ({@link #NO_HASH}) and are told apart by their
 * bytes alone. In a bucket of more than {@value #CROWD}, which only pictures made after one pattern
 * fill, each is compared with the {@value #NEIGHBOURS} that follow, so time is linear whatever
 * comes.
 *
 * <p>Digests and hashes are the caller's and wanted one after the other, so that he need not hold
 * both. Memory besides is 8 bytes a photo and 16 MB.
 */
public final class NearCopies {
  /** A hash of zeros says nothing of a photo. */
  public static final long NO_HASH = 0;

  private static final int CLEAN_BLOCKS = 3;
  private static final int CROWD = 1000;
  private static final int NEIGHBOURS = 64;
  private static final int MOST_BUCKET_BITS = 22;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final int count;
  private final Groups groups;

  /** Of so many photos, each for itself. */
  public NearCopies(int count) {
    this.count = count;
    this.groups = new Groups(count);
  }

  /**
   * Puts photos of the same bytes into one group.
   *
   * @param digests 64 bits of a digest of the bytes of each photo
   */
  public void uniteSameBytes(long[] digests) {
    Buckets buckets = new Buckets(count, i -> true);
    int shift = Long.SIZE - bits();
    buckets.fill(bits(), i -> bucket(digests[i], shift));
    BitSet _ = uniteEqual(buckets, (i, j) -> digests[i] == digests[j]);
  }

  /**
   * Puts photos that look the same into one group.
   *
   * @param coarse first halves of the perceptual hashes
   * @param fine second halves
   * @param distance d: {@link DuplicateSettings#distance}
   */
  public void uniteNear(long[] coarse, long[] fine, int distance) {
    Buckets buckets = new Buckets(count, i -> coarse[i] != NO_HASH || fine[i] != NO_HASH);
    int shift = Long.SIZE - bits();
    buckets.fill(bits(), i -> bucket((coarse[i] * GOLDEN) ^ fine[i], shift));
    buckets.leaveOut(uniteEqual(buckets, (i, j) -> coarse[i] == coarse[j] && fine[i] == fine[j]));
    for (long mask : masks(distance)) {
      buckets.fill(bits(), i -> bucket(Long.compress(coarse[i], mask), shift));
      uniteNear(buckets, coarse, fine, distance);
    }
  }

  /** For each photo the lowest number in its group, which may be its own; ends the uniting. */
  public int[] groups() {
    return groups.firsts();
  }

  private int bits() {
    return Math.clamp(Integer.SIZE - Integer.numberOfLeadingZeros(count), 1, MOST_BUCKET_BITS);
  }

  /**
   * The bits of every three of the blocks into which the coarse hash is cut; 0: nothing is near.
   */
  static long[] masks(int distance) {
    if (distance == 0) {
      return new long[0];
    }
    int blocks = distance + CLEAN_BLOCKS;
    long[] block = new long[blocks];
    for (int i = 0; i < Long.SIZE; i++) {
      block[i * blocks / Long.SIZE] |= 1L << i;
    }
    long[] masks = new long[blocks * (blocks - 1) * (blocks - 2) / 6];
    int filled = 0;
    for (int a = 0; a < blocks; a++) {
      for (int b = a + 1; b < blocks; b++) {
        for (int c = b + 1; c < blocks; c++) {
          masks[filled++] = block[a] | block[b] | block[c];
        }
      }
    }
    return masks;
  }

  /**
   * Whether two photos are near copies.
   *
   * @param coarse bits in which the first halves of their hashes differ
   * @param fine bits in which the second halves do
   */
  static boolean isNear(int coarse, int fine, int distance) {
    return coarse <= distance && fine <= 2 * distance;
  }

  /** The highest bits of a product, which depend on all bits of the value. */
  private static int bucket(long value, int shift) {
    return (int) ((value * GOLDEN) >>> shift);
  }

  /** Whether two photos are the same. */
  private interface Same {
    boolean test(int one, int other);
  }

  /**
   * Buckets are by a hash of what is compared, so what lies in one is nearly always equal: each is
   * compared with the different ones that were met before it.
   *
   * @return those that equal another
   */
  private BitSet uniteEqual(Buckets buckets, Same same) {
    BitSet repeats = new BitSet();
    int[] different = new int[16];
    for (int bucket = 0; bucket < buckets.count(); bucket++) {
      int met = 0;
      for (int at = buckets.start(bucket); at < buckets.start(bucket + 1); at++) {
        int photo = buckets.photo(at);
        int k = 0;
        while (k < met && !same.test(different[k], photo)) {
          k++;
        }
        if (k < met) {
          groups.unite(different[k], photo);
          repeats.set(photo);
        } else {
          different = met < different.length ? different : Arrays.copyOf(different, 2 * met);
          different[met++] = photo;
        }
      }
    }
    return repeats;
  }

  private void uniteNear(Buckets buckets, long[] coarse, long[] fine, int distance) {
    long[] hashes = new long[16]; // side by side; where they lie among all, each is a miss
    for (int bucket = 0; bucket < buckets.count(); bucket++) {
      int start = buckets.start(bucket);
      int size = buckets.start(bucket + 1) - start;
      if (hashes.length < size) {
        hashes = new long[2 * size];
      }
      for (int k = 0; size > 1 && k < size; k++) {
        hashes[k] = coarse[buckets.photo(start + k)];
      }
      for (int k = 0; k < size; k++) {
        int end = size > CROWD ? Math.min(size, k + 1 + NEIGHBOURS) : size;
        for (int next = k + 1; next < end; next++) {
          int apart = Long.bitCount(hashes[k] ^ hashes[next]);
          if (apart <= distance) {
            int one = buckets.photo(start + k);
            int other = buckets.photo(start + next);
            if (isNear(apart, Long.bitCount(fine[one] ^ fine[other]), distance)) {
              groups.unite(one, other);
            }
          }
        }
      }
    }
  }
}
