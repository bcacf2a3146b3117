package dev.facet.prepare.whole;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The counts of {@code prepare.json}. Always {@code rows + extra_faces} = {@code samples} + all of
 * {@code failures} + all of {@code crop_failures} but {@code no_picture} + all of {@code left_out}.
 *
 * @param rows of the source, unreadable ones included
 * @param rowsWithUsableUrl that name an address that can be asked, or a picture that lies there
 * @param downloadsOk rows with a whole picture
 * @param failures rows without one, by reason
 * @param formatsOfOk rows with one, by its format
 * @param distinctPicturesOfOk of different bytes, in each run
 * @param captions that are neither missing nor blank, before clean-up and filters
 * @param crops faces, or whole pictures, that could be cut out
 * @param cropFailures faces that could not, by reason
 * @param extraFaces faces beyond the first of their row
 * @param samples in the shards
 * @param leftOut samples that could be and are not, by reason
 * @param bytesIn of pictures, for each row with one
 * @param bytesOut of encoded pictures in the shards
 * @param shorterSides samples by the pixels of their shorter side, in steps of 64
 * @param captionWords captions of samples by their words, in steps of 5
 * @param hosts most asked ones
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Counts(
    long rows,
    long rowsWithUsableUrl,
    long downloadsOk,
    SortedMap<String, Long> failures,
    SortedMap<String, Long> formatsOfOk,
    long distinctPicturesOfOk,
    long rowsWithCaption,
    long captions,
    long rowsOkWithCaption,
    long crops,
    SortedMap<String, Long> cropFailures,
    long rowsWithCropAndCaption,
    long extraFaces,
    long samples,
    SortedMap<String, Long> splits,
    SortedMap<String, Long> leftOut,
    long bytesIn,
    long bytesOut,
    SortedMap<Integer, Long> shorterSides,
    SortedMap<Integer, Long> captionWords,
    List<Host> hosts) {
  /** Pixels that samples are counted together in. */
  public static final int SIDE_STEP = 64;

  /** Words that captions are counted together in. */
  public static final int WORD_STEP = 5;

  private static final int MOST = 50;

  /**
   * A host that was asked.
   *
   * @param rows whose picture it was asked for last
   * @param failures of these
   */
  public record Host(String name, long rows, long failures) {}

  /** Of two preparations together. */
  public Counts plus(Counts other) {
    SortedMap<String, Long> asked = new TreeMap<>();
    SortedMap<String, Long> failed = new TreeMap<>();
    for (List<Host> its : List.of(hosts, other.hosts)) {
      for (Host host : its) {
        asked.merge(host.name, host.rows, Long::sum);
        failed.merge(host.name, host.failures, Long::sum);
      }
    }
    return new Counts(
        rows + other.rows,
        rowsWithUsableUrl + other.rowsWithUsableUrl,
        downloadsOk + other.downloadsOk,
        sum(failures, other.failures),
        sum(formatsOfOk, other.formatsOfOk),
        distinctPicturesOfOk + other.distinctPicturesOfOk,
        rowsWithCaption + other.rowsWithCaption,
        captions + other.captions,
        rowsOkWithCaption + other.rowsOkWithCaption,
        crops + other.crops,
        sum(cropFailures, other.cropFailures),
        rowsWithCropAndCaption + other.rowsWithCropAndCaption,
        extraFaces + other.extraFaces,
        samples + other.samples,
        sum(splits, other.splits),
        sum(leftOut, other.leftOut),
        bytesIn + other.bytesIn,
        bytesOut + other.bytesOut,
        sum(shorterSides, other.shorterSides),
        sum(captionWords, other.captionWords),
        most(asked, failed));
  }

  /**
   * After some of the samples were taken down.
   *
   * @param results how often each split, and each loss of a sample, became {@code taken_down}
   * @param bytes of their pictures
   * @param sides of those that were in the shards, as {@link #shorterSides}
   * @param words of these, as {@link #captionWords}
   * @param named whether a host was taken down as a whole
   */
  Counts without(
      SortedMap<String, Long> results,
      long bytes,
      SortedMap<Integer, Long> sides,
      SortedMap<Integer, Long> words,
      Predicate<String> named) {
    SortedMap<String, Long> inSplits = new TreeMap<>(results);
    inSplits.keySet().retainAll(splits.keySet());
    SortedMap<String, Long> lost = new TreeMap<>(results);
    lost.keySet().removeAll(splits.keySet());
    SortedMap<String, Long> left = less(leftOut, lost);
    long all = results.values().stream().mapToLong(Long::longValue).sum();
    if (all > 0) {
      left.merge(Fate.TAKEN_DOWN.reason(), all, Long::sum);
    }
    return new Counts(
        rows,
        rowsWithUsableUrl,
        downloadsOk,
        failures,
        formatsOfOk,
        distinctPicturesOfOk,
        rowsWithCaption,
        captions,
        rowsOkWithCaption,
        crops,
        cropFailures,
        rowsWithCropAndCaption,
        extraFaces,
        samples - inSplits.values().stream().mapToLong(Long::longValue).sum(),
        less(splits, inSplits),
        left,
        bytesIn,
        bytesOut - bytes,
        less(shorterSides, sides),
        less(captionWords, words),
        hosts.stream().filter(host -> !named.test(host.name)).toList());
  }

  private static <K extends Comparable<K>> SortedMap<K, Long> less(
      SortedMap<K, Long> from, SortedMap<K, Long> taken) {
    SortedMap<K, Long> left = new TreeMap<>(from);
    taken.forEach(
        (key, count) ->
            left.computeIfPresent(
                key, (same, all) -> all > count ? Long.valueOf(all - count) : null));
    return left;
  }

  private static <K extends Comparable<K>> SortedMap<K, Long> sum(
      SortedMap<K, Long> one, SortedMap<K, Long> other) {
    SortedMap<K, Long> sum = new TreeMap<>(one);
    other.forEach((key, count) -> sum.merge(key, count, Long::sum));
    return sum;
  }

  static List<Host> most(SortedMap<String, Long> rows, SortedMap<String, Long> failures) {
    return rows.entrySet().stream()
        .map(
            each ->
                new Host(each.getKey(), each.getValue(), failures.getOrDefault(each.getKey(), 0L)))
        .sorted(Comparator.comparingLong(Host::rows).reversed().thenComparing(Host::name))
        .limit(MOST)
        .toList();
  }
}
