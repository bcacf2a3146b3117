package dev.facet.eval.stored;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.quarantine.Quarantine;
import java.nio.file.Path;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Hands bad samples on, and remembers why each row that the loader is at was one. */
final class SkippedRows implements Quarantine {
  private final Quarantine all;
  private final NavigableMap<Long, String> reasons = new TreeMap<>();

  SkippedRows(Quarantine all) {
    this.all = all;
  }

  @Override
  public synchronized void add(long row, String id, String source, BadSampleException cause) {
    reasons.put(row, cause.reason().name().toLowerCase(Locale.ROOT));
    all.add(row, id, source, cause);
  }

  /** How many of the rows before this one were bad, by reason; forgets them. */
  synchronized SortedMap<String, Long> takeBefore(long row) {
    SortedMap<String, Long> counts = new TreeMap<>();
    SortedMap<Long, String> before = reasons.headMap(row);
    before.values().forEach(reason -> counts.merge(reason, 1L, Long::sum));
    before.clear();
    return counts;
  }

  @Override
  public @Nullable Path path() {
    return all.path();
  }

  @Override
  public void close() {
    all.close();
  }
}
