package dev.facet.prepare.plan;

import dev.facet.prepare.fetch.address.Addresses;
import dev.facet.prepare.source.PublishedRow;
import java.net.URI;
import java.util.List;

/**
 * A row of an address table, with its place in the whole.
 *
 * @param ordinal orders all rows of all files; {@link Ordinal}
 * @param addresses what can be fetched, in the order in which it is tried
 */
public record PlannedRow(long ordinal, PublishedRow row, List<URI> addresses) {
  PlannedRow(long ordinal, PublishedRow row) {
    this(ordinal, row, Addresses.of(row.urls()));
  }
}
