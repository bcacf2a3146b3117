package dev.facet.eval;

import dev.facet.loader.stats.LoaderStats;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How much of a held-out split was scored.
 *
 * @param rows of the split
 * @param scored rows that could be used
 * @param skipped the others, by reason in lower case; reasons that did not occur are absent
 */
public record Coverage(long rows, long scored, SortedMap<String, Long> skipped) {
  public Coverage {
    skipped = Collections.unmodifiableSortedMap(new TreeMap<>(skipped));
  }

  /** What a loader that has read all of a split once has met. */
  static Coverage of(LoaderStats stats) {
    SortedMap<String, Long> skipped = new TreeMap<>();
    stats
        .bad()
        .forEach((reason, count) -> skipped.put(reason.name().toLowerCase(Locale.ROOT), count));
    return new Coverage(stats.samples(), stats.samples() - stats.badTotal(), skipped);
  }

  /** Whether every row was scored. */
  public boolean isWhole() {
    return skipped.isEmpty();
  }

  /** "957 of 960 rows scored; skipped: corrupt 2, no_caption 1". */
  public String text() {
    String scoredRows = String.format(Locale.ROOT, "%,d of %,d rows scored", scored, rows);
    return isWhole()
        ? scoredRows
        : skipped.entrySet().stream()
            .map(Map.Entry::toString)
            .map(entry -> entry.replace('=', ' '))
            .collect(Collectors.joining(", ", scoredRows + "; skipped: ", ""));
  }
}
