package dev.facet.prepare.convert;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the rows: always {@code rows} = {@code samples} + all of {@code lost}.
 *
 * @param rows of all splits, unusable ones included
 * @param samples written
 * @param captions written
 * @param splits samples by split
 * @param lost rows that were not written, by reason
 */
public record ConversionCounts(
    long rows,
    long samples,
    long captions,
    SortedMap<String, Long> splits,
    SortedMap<String, Long> lost) {

  /** Of nothing yet. */
  static ConversionCounts none() {
    return new ConversionCounts(0, 0, 0, new TreeMap<>(), new TreeMap<>());
  }
}
