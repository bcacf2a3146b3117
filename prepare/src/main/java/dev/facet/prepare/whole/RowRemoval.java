package dev.facet.prepare.whole;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows of {@code rows/*.jsonl} that are to be removed. */
final class RowRemoval {
  private final Removed removed;
  private final List<Path> files;
  private final SortedMap<String, Long> results = new TreeMap<>();
  private long rows;

  /**
   * @param folder of the files; need not exist
   */
  RowRemoval(Path folder, Removed removed) throws IOException {
    this.removed = removed;
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.jsonl")) {
        all.forEach(found::add);
      }
    }
    found.sort(null);
    this.files = found;
  }

  /** Takes each row of a file. */
  private interface Each {
    void row(RowOutcome row, String id, String line) throws IOException;
  }

  /** Whether there are any. */
  boolean isEmpty() {
    return files.isEmpty();
  }

  /** Finds the photos of rows that are named, or whose samples are. */
  void find() throws IOException {
    for (Path file : files) {
      forEach(
          file,
          (row, id, line) -> {
            String sha256 = row.sha256();
            if (sha256 != null && isNamed(row, id)) {
              removed.addPhoto(sha256);
            }
          });
    }
  }

  private boolean isNamed(RowOutcome row, String id) {
    return row.samples().stream().anyMatch(sample -> removed.hasSample(sample, row.source()))
        || removed.isNamed(id, urls(row), row.source(), row.sha256());
  }

  private static List<String> urls(RowOutcome row) {
    List<String> urls = row.urls();
    return urls == null ? List.of() : urls;
  }

  /** Writes the files anew that have rows to be removed. */
  void write(Path target) throws IOException {
    for (Path file : files) {
      long before = rows;
      Path copy = target.resolve(String.valueOf(file.getFileName()));
      Files.createDirectories(target);
      try (BufferedWriter out = Files.newBufferedWriter(copy)) {
        forEach(
            file,
            (row, id, line) -> {
              boolean goes = !id.isEmpty() && (removed.hasPhoto(row.sha256()) || isNamed(row, id));
              out.write(goes ? Json.LINE.writeValueAsString(remove(row, id)) : line);
              out.write('\n');
            });
      }
      if (rows == before) {
        Staged.delete(copy);
      }
    }
  }

  private RowOutcome remove(RowOutcome row, String id) {
    rows++;
    removed.addRow(id, urls(row), row.source());
    if (row.sha256() != null) {
      removed.addPhoto(row.sha256());
    }
    row.samples().forEach(sample -> removed.addSample(sample, row.source()));
    for (String result : row.results()) {
      if (Fate.isSaidBy(result)) {
        results.merge(result, 1L, Long::sum);
      }
    }
    return row.takenDown();
  }

  /** Rows that were written anew. */
  long rows() {
    return rows;
  }

  /** What their samples were before: a split, or why they were left out. */
  SortedMap<String, Long> results() {
    return results;
  }

  private static void forEach(Path file, Each each) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
        RowOutcome row;
        try {
          row = Json.LINE.readValue(line, RowOutcome.class);
        } catch (JsonProcessingException e) {
          throw FacetException.run(
              file + " has a line that is no row: copy the file again, or delete it", e);
        }
        String id = row.id();
        each.row(row, id == null ? "" : id, line);
      }
    }
  }
}
