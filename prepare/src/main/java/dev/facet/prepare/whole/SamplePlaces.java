package dev.facet.prepare.whole;

import java.util.Arrays;

/** Where samples lie in the parts, and what their order in the shards comes from. */
final class SamplePlaces {
  /** Of a million samples of one photo; a part would have to be 8 TB for its offsets not to fit. */
  private static final int NUMBER_BITS = 20;

  private static final int MOST_IN_PHOTO = (1 << NUMBER_BITS) - 1;

  private final long[] rows;
  private final long[] slots;
  private final long[] places;
  private final int[] firstSamples;

  /**
   * @param rows of each sample
   * @param slots that tell the samples of a photo apart
   * @param places as {@link #place} makes them
   * @param firstSamples number of the first sample of each part
   */
  SamplePlaces(long[] rows, long[] slots, long[] places, int[] firstSamples) {
    this.rows = rows;
    this.slots = slots;
    this.places = places;
    this.firstSamples = firstSamples;
  }

  /**
   * A place within a part, as one number.
   *
   * @param offset where the record of the sample's photo begins
   * @param number of the sample among those of the record
   */
  static long place(long offset, int number) {
    if (number > MOST_IN_PHOTO) {
      throw new IllegalStateException("one photo has more than " + MOST_IN_PHOTO + " samples");
    }
    return offset << NUMBER_BITS | number;
  }

  /** How many samples there are. */
  int count() {
    return rows.length;
  }

  /** The row of a sample. */
  long row(int sample) {
    return rows[sample];
  }

  /** Tells the samples of a photo apart. */
  long slot(int sample) {
    return slots[sample];
  }

  /** Number of the part that holds a sample. */
  int spool(int sample) {
    int found = Arrays.binarySearch(firstSamples, sample);
    if (found < 0) {
      return -found - 2;
    }
    // Of parts without samples, which begin where the next one does, the last one holds it.
    while (found + 1 < firstSamples.length && firstSamples[found + 1] == sample) {
      found++;
    }
    return found;
  }

  /** Where the record of a sample's photo begins in its part. */
  long offset(int sample) {
    return places[sample] >>> NUMBER_BITS;
  }

  /** Number of a sample among those of its photo's record. */
  int number(int sample) {
    return (int) places[sample] & MOST_IN_PHOTO;
  }
}
