package dev.facet.loader.quarantine;

import dev.facet.loader.data.BadSampleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where bad samples are noted. Thread-safe; may be shared by several loaders. */
public interface Quarantine extends AutoCloseable {

  /**
   * Notes a bad sample.
   *
   * @param row row number within its dataset
   * @param id the row's id, or empty where the row itself could not be read
   * @param source where the row came from
   * @throws UncheckedIOException if the note cannot be written
   */
  void add(long row, String id, String source, BadSampleException cause);

  /** The file to look into, if there is one. */
  @Nullable Path path();

  @Override
  void close();

  /**
   * Appends JSON lines {@code {"row":7,"id":"a","source":"s","reason":"corrupt","message":"..."}}
   * to a file. A sample that fails in every epoch, or that the file holds from before a resume, is
   * written once.
   */
  static Quarantine file(Path jsonl) throws IOException {
    return new QuarantineFile(jsonl);
  }

  /**
   * What such a file holds, a line that was cut off aside.
   *
   * @return the number of samples by reason; empty where there is no file
   */
  static SortedMap<String, Long> reasons(Path jsonl) throws IOException {
    SortedMap<String, Long> reasons = new TreeMap<>();
    if (Files.exists(jsonl)) {
      QuarantineFile.read(
          jsonl, node -> reasons.merge(node.path("reason").asText("unknown"), 1L, Long::sum));
    }
    return reasons;
  }

  /** Forgets everything. */
  static Quarantine none() {
    return NoQuarantine.INSTANCE;
  }
}
