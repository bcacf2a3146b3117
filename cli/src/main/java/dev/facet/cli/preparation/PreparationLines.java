package dev.facet.cli.preparation;

import dev.facet.cli.console.Console;
import dev.facet.cli.console.Progress;
import dev.facet.prepare.PrepareProgress;
import dev.facet.prepare.part.PhotoRecord;
import dev.facet.prepare.part.RowRecord;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The progress of a preparation as lines: planning, then pictures, then shards. */
final class PreparationLines implements PrepareProgress, AutoCloseable {
  private static final int REASONS = 3;

  private final Console console;
  private final AtomicLong done = new AtomicLong();
  private final LongAdder ok = new LongAdder();
  private final LongAdder tried = new LongAdder();
  private final ConcurrentMap<String, LongAdder> failures = new ConcurrentHashMap<>();
  private volatile @Nullable Progress line;

  PreparationLines(Console console) {
    this.console = console;
  }

  @Override
  public synchronized void planned(long rows) {
    line("plan", "rows", 0).update(rows);
  }

  @Override
  public synchronized void begun(long rows) {
    begun = true;
    finish();
    line("pictures", "rows", rows);
  }

  @Override
  public void found(long rows) {
    long before = done.addAndGet(rows);
    Progress open = line;
    if (rows > 0 && open != null && tried.sum() == 0) {
      open.startAt(before);
    }
  }

  @Override
  public void made(PhotoRecord record) {
    long now = done.addAndGet(record.rows().size());
    for (RowRecord row : record.rows()) {
      tried.increment();
      if (row.download().equals(RowRecord.OK)) {
        ok.increment();
      } else {
        failures.computeIfAbsent(row.download(), reason -> new LongAdder()).increment();
      }
    }
    Progress open = line;
    if (open != null) {
      open.update(
          now,
          String.format(Locale.ROOT, "%.1f%% ok", 100.0 * ok.sum() / Math.max(1, tried.sum())),
          mostFrequent());
    }
  }

  @Override
  public synchronized void scored(long samples, long total) {
    if (!scores) {
      finish();
      scores = true;
      line("captions", "samples", total);
    }
    Progress open = line;
    if (open != null) {
      open.update(samples);
    }
  }

  @Override
  public synchronized void written(long samples, long total) {
    if (samples == 0 || !shards) {
      finish();
      shards = true;
      line("shards", "samples", total);
    }
    Progress open = line;
    if (open != null) {
      open.update(samples);
    }
  }

  /** Whether there was anything to do. */
  synchronized boolean hasBegun() {
    return begun;
  }

  private boolean begun;
  private boolean scores;
  private boolean shards;

  private Progress line(String task, String unit, long total) {
    Progress open = line;
    if (open == null) {
      open = console.progress(task, unit, total);
      line = open;
    }
    return open;
  }

  private void finish() {
    Progress open = line;
    if (open != null) {
      open.close();
      line = null;
    }
  }

  private String mostFrequent() {
    return failures.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<String, LongAdder> each) -> -each.getValue().sum()))
        .limit(REASONS)
        .map(each -> each.getKey() + " " + each.getValue().sum())
        .collect(Collectors.joining(", "));
  }

  @Override
  public synchronized void close() {
    finish();
  }
}
