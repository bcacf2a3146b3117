package dev.facet.prepare.whole;

import dev.facet.prepare.fetch.address.Addresses;
import dev.facet.prepare.part.PhotoFacts;
import dev.facet.prepare.part.RowRecord;
import dev.facet.prepare.takedown.TakedownList;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a row's picture must not be used, by what was asked up to now. */
final class TakenDown {
  private TakenDown() {}

  /** All addresses of a row, that of its picture included. */
  static List<URI> addresses(List<String> urls, @Nullable String source) {
    List<String> all = new ArrayList<>(urls);
    if (source != null) {
      all.add(source);
    }
    return Addresses.of(all);
  }

  static boolean is(RowRecord row, @Nullable PhotoFacts photo, TakedownList takedown) {
    return row.download().equals(Fate.TAKEN_DOWN.reason())
        || (!takedown.isEmpty()
            && takedown.names(
                row.id(),
                addresses(row.urls(), row.source()),
                photo == null ? null : photo.sha256()));
  }
}
