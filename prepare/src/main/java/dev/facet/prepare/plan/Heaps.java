package dev.facet.prepare.plan;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.IntFunction;

/**
 * Files that grow side by side. One is open only while something is added to it, so there may be
 * more than a process may hold open.
 */
final class Heaps {
  /** Bytes that are gathered for a file before they are written. */
  private static final int GATHERED = 1 << 16;

  private final IntFunction<Path> file;
  private final ByteArrayOutputStream[] gathered;

  /** What is added. */
  interface Entry {
    void to(DataOutputStream out) throws IOException;
  }

  /**
   * @param file where each lies, by its number; they are not there yet
   */
  Heaps(int count, IntFunction<Path> file) {
    this.file = file;
    this.gathered = new ByteArrayOutputStream[count];
    for (int heap = 0; heap < count; heap++) {
      gathered[heap] = new ByteArrayOutputStream();
    }
  }

  int count() {
    return gathered.length;
  }

  void add(int heap, Entry entry) throws IOException {
    entry.to(new DataOutputStream(gathered[heap]));
    if (gathered[heap].size() >= GATHERED) {
      flush(heap);
    }
  }

  /** Writes what was gathered; every file is there then. */
  void finish() throws IOException {
    for (int heap = 0; heap < gathered.length; heap++) {
      flush(heap);
    }
  }

  private void flush(int heap) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(
            file.apply(heap), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      gathered[heap].writeTo(out);
    }
    gathered[heap].reset();
  }
}
