package dev.facet.prepare.plan;

import dev.facet.base.SampleRandom;
import dev.facet.loader.data.Holdout;
import dev.facet.prepare.source.PublishedRow;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Deals rows into the files of parts by a hash of their first address: rows of one address meet in
 * one part, the hosts are spread over all, and the order of the source is gone. A part's file is
 * open only while something is added to it, so there may be more than a process may hold open.
 */
final class Dealer {
  /** Bytes that are gathered for a part before they are written. */
  private static final int GATHERED = 1 << 16;

  private final Path folder;
  private final ByteArrayOutputStream[] gathered;

  Dealer(Path folder, int parts) {
    this.folder = folder;
    this.gathered = new ByteArrayOutputStream[parts];
    for (int part = 0; part < parts; part++) {
      gathered[part] = new ByteArrayOutputStream();
    }
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
    int part = (int) Long.remainderUnsigned(hash, gathered.length);
    RowCodec.write(new DataOutputStream(gathered[part]), ordinal, row);
    if (gathered[part].size() >= GATHERED) {
      flush(part);
    }
  }

  /** Writes what was gathered; every part has a file then. */
  void finish() throws IOException {
    for (int part = 0; part < gathered.length; part++) {
      flush(part);
    }
  }

  private void flush(int part) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(
            file(folder, part), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      gathered[part].writeTo(out);
    }
    gathered[part].reset();
  }
}
