package dev.facet.loader.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.loader.files.Endings;
import dev.facet.loader.json.ArrayScan;
import dev.facet.loader.json.JsonLineScan;
import dev.facet.loader.json.JsonShape;
import dev.facet.loader.json.ListEntries;
import dev.facet.loader.table.ObjectSink;
import dev.facet.loader.text.CsvRecords;
import dev.facet.loader.text.Line;
import dev.facet.loader.text.LineReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A table that is a text: CSV or TSV, JSON lines, a JSON array, or one value per line without a
 * name.
 *
 * @param names of columns that are looked for; the first is the one that a plain line fills
 */
public record TextTable(Path path, List<String> names) {
  /** Endings of files that can be one. */
  public static final Set<String> ENDINGS = Set.of("csv", "tsv", "jsonl", "ndjson", "json", "txt");

  /**
   * Reads rows in order; one that is malformed costs itself.
   *
   * @throws FacetException if the file is of another kind
   * @throws IOException from the sink, or if the file cannot be read
   */
  public void read(ObjectSink sink) throws IOException {
    Rows rows = new Rows(sink);
    switch (Endings.of(String.valueOf(path.getFileName()))) {
      case "csv", "tsv" -> table(rows);
      case "txt" -> {
        if (isTable()) {
          table(rows);
        } else {
          lines(rows);
        }
      }
      default -> json(rows);
    }
  }

  /**
   * Whether a file among others is a table, and no card, licence or statistics.
   *
   * @throws FacetException if it cannot be read, or is a pointer of Git LFS
   */
  public boolean isLikely() {
    return switch (Endings.of(String.valueOf(path.getFileName()))) {
      case "json" -> JsonShape.of(path).isList();
      case "txt" -> isTableOrAddresses();
      default -> true;
    };
  }

  private boolean isTableOrAddresses() {
    try (LineReader lines = new LineReader(path)) {
      Line first = lines.next();
      String text = first == null ? null : first.text();
      return isTable() || (text != null && text.strip().matches("(?i)https?://.*"));
    } catch (IOException e) {
      throw FacetException.run("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  /** Whether the first line has a name that is looked for, among others or alone. */
  private boolean isTable() throws IOException {
    try (LineReader lines = new LineReader(path)) {
      Line first = lines.next();
      return first != null
          && first.text() != null
          && CsvRecords.names(first.text(), names::contains).stream().anyMatch(names::contains);
    }
  }

  private void lines(Rows rows) throws IOException {
    try (LineReader lines = new LineReader(path)) {
      for (Line line = lines.next(); line != null; line = lines.next()) {
        if (line.text() == null) {
          rows.malformed(line.number(), place(line.number()) + "it " + line.problem());
        } else if (!line.isBlank()) {
          ObjectNode row = JsonNodeFactory.instance.objectNode();
          rows.add(row.put(names.getFirst(), line.text().strip()), line.number());
        }
      }
    }
  }

  private void table(Rows rows) throws IOException {
    Predicate<String> known = names::contains;
    try (CsvRecords records = new CsvRecords(path, known)) {
      for (var row = records.next(); row != null; row = records.next()) {
        String problem = row.problem();
        if (problem != null) {
          rows.malformed(row.number(), place(row.number()) + problem);
        } else {
          rows.add(CsvTables.object(records.header(), row.cells()), row.number());
        }
      }
    }
  }

  private void json(Rows rows) throws IOException {
    String name = path.toString();
    switch (JsonShape.of(path)) {
      case ARRAY -> ArrayScan.run(path, name, rows);
      case LINES, SINGLE -> JsonLineScan.run(path, name, rows);
      case EMPTY -> throw FacetException.run(path + " is empty: download it again");
      case LISTING, OTHER ->
          throw FacetException.run(
              path + " is no JSON array and has no object per line: write it in one of these ways");
    }
  }

  private String place(long line) {
    return String.format(Locale.ROOT, "%s, line %d: ", path, line);
  }

  /** Numbers rows from 0, whatever their file counts. */
  private final class Rows implements ListEntries {
    private final ObjectSink sink;
    private long number;

    Rows(ObjectSink sink) {
      this.sink = sink;
    }

    @Override
    public void add(ObjectNode object, long itsNumber) throws IOException {
      sink.row(number++, object);
    }

    @Override
    public void malformed(long itsNumber, String why) throws IOException {
      sink.unreadable(number++, 1, why);
    }

    @Override
    public boolean isEntry(ObjectNode object) {
      return names.stream().anyMatch(object::has);
    }
  }
}
