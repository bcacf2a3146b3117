package dev.facet.prepare.source;

import java.util.ArrayList;
import java.util.List;

/** Keeps the rows it gets. */
final class Kept implements RowSink {
  final List<PublishedRow> rows = new ArrayList<>();
  final List<String> lost = new ArrayList<>();
  long unreadable;

  static Kept of(PublishedTables tables) throws Exception {
    Kept kept = new Kept();
    for (TableFile file : tables.files()) {
      tables.read(file, kept);
    }
    return kept;
  }

  @Override
  public void row(PublishedRow row) {
    rows.add(row);
  }

  @Override
  public void unreadable(long first, long count, String why) {
    unreadable += count;
    lost.add(first + " " + why);
  }

  /** Captions that are not blank, of all columns. */
  long captions() {
    return rows.stream().mapToLong(Kept::captions).sum();
  }

  static long captions(PublishedRow row) {
    return row.captions().values().stream()
        .flatMap(List::stream)
        .filter(text -> !text.isBlank())
        .count();
  }
}
