package dev.facet.prepare.whole;

import dev.facet.prepare.part.FaceRecord;
import dev.facet.prepare.part.PhotoFacts;
import dev.facet.prepare.part.RowRecord;
import dev.facet.prepare.part.SampleRecord;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The counts of a preparation. Every row is counted once: as samples, or by the first thing that
 * kept it from being one.
 */
final class Tally {
  /** Nothing can be cut out where there is no picture. */
  static final String NO_PICTURE = "no_picture";

  /** Hosts beyond these are counted together, as there may be millions. */
  private static final int MOST_HOSTS = 100_000;

  /** What {@link #HOSTS_LEFT} stands for: all hosts that no place was left for. */
  private static final String HOSTS_LEFT = "(others)";

  private long rows;
  private long usable;
  private long downloads;
  private long captions;
  private long rowsWithCaption;
  private long downloadsWithCaption;
  private long crops;
  private long rowsWithCropAndCaption;
  private long extraFaces;
  private long bytesIn;
  private long bytesOut;
  private final SortedMap<String, Long> failures = new TreeMap<>();
  private final SortedMap<String, Long> cropFailures = new TreeMap<>();
  private final SortedMap<String, Long> formats = new TreeMap<>();
  private final SortedMap<String, Long> left = new TreeMap<>();
  private final SortedMap<String, Long> splits = new TreeMap<>();
  private final SortedMap<String, Long> hosts = new TreeMap<>();
  private final SortedMap<String, Long> failuresByHost = new TreeMap<>();
  private final SortedMap<Integer, Long> sides = new TreeMap<>();
  private final SortedMap<Integer, Long> words = new TreeMap<>();

  /** Counts rows that could not be read. */
  void addUnreadable(long count) {
    if (count > 0) {
      rows += count;
      failures.merge("unreadable", count, Long::sum);
    }
  }

  /**
   * Counts a row.
   *
   * @param fates of its samples, in their order
   */
  void add(RowRecord row, @Nullable PhotoFacts photo, List<Fate> fates) {
    rows++;
    usable += row.usable() ? 1 : 0;
    captions += row.captions();
    rowsWithCaption += row.captions() > 0 ? 1 : 0;
    boolean ok = row.download().equals(RowRecord.OK);
    if (!row.host().isEmpty()) {
      String host =
          hosts.size() < MOST_HOSTS || hosts.containsKey(row.host()) ? row.host() : HOSTS_LEFT;
      hosts.merge(host, 1L, Long::sum);
      if (!ok) {
        failuresByHost.merge(host, 1L, Long::sum);
      }
    }
    if (!ok || photo == null) {
      failures.merge(row.download(), 1L, Long::sum);
      cropFailures.merge(NO_PICTURE, 1L, Long::sum);
      return;
    }
    downloads++;
    downloadsWithCaption += row.captions() > 0 ? 1 : 0;
    formats.merge(photo.format(), 1L, Long::sum);
    bytesIn += photo.bytes();
    extraFaces += Math.max(0, row.faces().size() - 1);
    boolean cut = false;
    int sample = 0;
    for (FaceRecord face : row.faces()) {
      if (!face.crop().equals(RowRecord.OK)) {
        cropFailures.merge(face.crop(), 1L, Long::sum);
        continue;
      }
      crops++;
      cut = true;
      SampleRecord made = face.sample();
      if (made == null) {
        left.merge(String.valueOf(face.left()), 1L, Long::sum);
      } else {
        add(made, fates.get(sample++));
      }
    }
    rowsWithCropAndCaption += cut && row.captions() > 0 ? 1 : 0;
  }

  private void add(SampleRecord sample, Fate fate) {
    if (!fate.isKept()) {
      left.merge(fate.reason(), 1L, Long::sum);
      return;
    }
    splits.merge(fate.split(), 1L, Long::sum);
    bytesOut += sample.bytes();
    sides.merge(side(sample.width(), sample.height()), 1L, Long::sum);
    for (List<String> texts : sample.captions().values()) {
      for (String text : texts) {
        words.merge(words(text), 1L, Long::sum);
      }
    }
  }

  /** The step of the histogram that a picture is counted in. */
  static int side(int width, int height) {
    return Math.min(width, height) / Counts.SIDE_STEP * Counts.SIDE_STEP;
  }

  /** The step of the histogram that a caption is counted in. */
  static int words(String text) {
    return wordCount(text) / Counts.WORD_STEP * Counts.WORD_STEP;
  }

  private static int wordCount(String text) {
    int count = 0;
    boolean within = false;
    for (int i = 0; i < text.length(); i++) {
      boolean letter = !Character.isWhitespace(text.charAt(i));
      count += letter && !within ? 1 : 0;
      within = letter;
    }
    return count;
  }

  /**
   * What was counted.
   *
   * @param distinct photos of different bytes
   */
  Counts counts(long distinct) {
    long samples = splits.values().stream().mapToLong(Long::longValue).sum();
    return new Counts(
        rows,
        usable,
        downloads,
        new TreeMap<>(failures),
        new TreeMap<>(formats),
        distinct,
        rowsWithCaption,
        captions,
        downloadsWithCaption,
        crops,
        new TreeMap<>(cropFailures),
        rowsWithCropAndCaption,
        extraFaces,
        samples,
        new TreeMap<>(splits),
        new TreeMap<>(left),
        bytesIn,
        bytesOut,
        new TreeMap<>(sides),
        new TreeMap<>(words),
        Counts.most(hosts, failuresByHost));
  }
}
