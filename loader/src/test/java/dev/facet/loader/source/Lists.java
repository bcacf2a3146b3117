package dev.facet.loader.source;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Preset;
import dev.facet.loader.data.Row;
import dev.facet.loader.data.RowCopy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens lists in a folder of their own and reads all that is in them. */
public final class Lists {
  /** What reading a row gave. */
  public record Outcome(
      String id, List<String> captions, @Nullable String picture, @Nullable Reason reason) {}

  private Lists() {}

  static DataSource source(Path root, Format format, Preset preset) {
    return new DataSource(root, format, null, preset.fields(), preset.dropPrefix(), 1);
  }

  /** Opens with the cache folder beside the data, so that tests touch nobody's home. */
  public static IndexedDataset open(DataSource source, String split) {
    Path cache = source.root().toAbsolutePath().resolveSibling("cache");
    Format format = source.format() == Format.AUTO ? DataLayout.of(source) : source.format();
    return IndexedDataset.open(source, format, split, cache);
  }

  public static IndexedDataset open(Path root, Format format, String split) {
    return open(source(root, format, Preset.FACET), split);
  }

  /** Every row of a data set, in order. */
  public static List<Outcome> rows(Dataset dataset) throws IOException {
    List<Outcome> rows = new ArrayList<>();
    Row row = new Row();
    for (int c = 0; c < dataset.chunkCount(); c++) {
      try (Chunk chunk = dataset.open(c)) {
        for (int i = 0; i < dataset.rowCount(c); i++) {
          rows.add(outcome(chunk, i, row));
        }
      }
    }
    return rows;
  }

  /** What is said of malformed rows, in order. */
  static List<String> messages(Dataset dataset) throws IOException {
    List<String> messages = new ArrayList<>();
    Row row = new Row();
    for (int c = 0; c < dataset.chunkCount(); c++) {
      try (Chunk chunk = dataset.open(c)) {
        for (int i = 0; i < dataset.rowCount(c); i++) {
          try {
            chunk.read(i, row);
          } catch (BadSampleException e) {
            if (e.reason() == Reason.MALFORMED) {
              messages.add(e.getMessage());
            }
          }
        }
      }
    }
    return messages;
  }

  static Outcome outcome(Chunk chunk, int index, Row row) throws IOException {
    try {
      chunk.read(index, row);
      String picture = new String(RowCopy.bytes(row), StandardCharsets.UTF_8);
      return new Outcome(row.id(), row.captions(), picture, null);
    } catch (BadSampleException e) {
      return new Outcome(row.id(), row.captions(), null, e.reason());
    }
  }

  /** The index files in a folder. */
  public static List<Path> indexes(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().contains("index-")).toList();
    }
  }

  public static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
  }
}
