package dev.facet.prepare.plan;

import dev.facet.base.SampleRandom;
import dev.facet.loader.data.Holdout;
import dev.facet.prepare.source.PublishedRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Deals rows into the files of parts by a hash of their first address: rows of one address meet in
 * one part, the hosts are spread over all, and the order of the source is gone.
 */
final class Dealer implements AutoCloseable {
  private final Heaps heaps;
  private final SharedAddresses.Finder shared;

  Dealer(Path folder, int parts) throws IOException {
    heaps = new Heaps(parts, part -> file(folder, part));
    shared = new SharedAddresses.Finder(folder);
  }

  static Path file(Path folder, int part) {
    return folder.resolve(String.format(Locale.ROOT, "part-%05d.rows", part));
  }

  void add(long ordinal, PublishedRow row) throws IOException {
    PlannedRow planned = new PlannedRow(ordinal, row);
    long hash =
        planned.addresses().isEmpty()
            ? SampleRandom.mix(ordinal)
            : Holdout.hash(planned.addresses().getFirst().toString());
    shared.add(planned.addresses());
    int part = (int) Long.remainderUnsigned(hash, heaps.count());
    heaps.add(part, out -> RowCodec.write(out, ordinal, row));
  }

  /** Writes what was gathered; every part has a file then. */
  void finish() throws IOException {
    heaps.finish();
    shared.finish();
  }

  @Override
  public void close() throws IOException {
    shared.close();
  }
}
