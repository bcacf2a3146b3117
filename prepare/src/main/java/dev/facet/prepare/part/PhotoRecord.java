package dev.facet.prepare.part;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A photo and the rows that show it.
 *
 * @param photo null where none could be had, which each of the rows says why
 */
public record PhotoRecord(@Nullable PhotoFacts photo, List<RowRecord> rows) {
  public PhotoRecord {
    rows = List.copyOf(rows);
  }
}
