package dev.facet.prepare.convert;

/**
 * How far a conversion is: what a killed process had finished.
 *
 * @param what is converted, and how; another conversion begins anew
 * @param files that are finished
 * @param split number of the split of the next row
 * @param chunk of the next row
 * @param row its number in the chunk
 * @param counts of all rows before it
 */
record Standing(String what, int files, int split, int chunk, int row, ConversionCounts counts) {
  /** Nothing is done yet. */
  static Standing nowhere(String what) {
    return new Standing(what, 0, 0, 0, 0, ConversionCounts.none());
  }
}
