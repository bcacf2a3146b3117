package dev.facet.loader.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.loader.index.ListFormat;
import dev.facet.loader.index.ListedFile;
import dev.facet.loader.index.Sink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Tables with a header line, quoted as in RFC 4180; separated by tabs if the header has one, else
 * by commas. A row with other cells than the header is malformed, blank ones at its end aside.
 */
record CsvTables(Path root, MappedFields fields) implements ListFormat {
  @Override
  public List<ListedFile> parts() {
    return ListFiles.parts(root, "csv", "tsv");
  }

  @Override
  public Path imageRoot() {
    return ListFiles.folder(root);
  }

  @Override
  public void scan(ListedFile part, Sink sink) throws IOException {
    try (CsvRecords records = new CsvRecords(part.path())) {
      for (var row = records.next(); row != null; row = records.next()) {
        if (row.problem() == null) {
          ObjectNode object = object(records.header(), row.cells());
          sink.add(fields.entry(object, row.number(), part.split()));
        } else {
          sink.addMalformed(
              row.number(),
              null,
              "%s, line %d: %s".formatted(part.name(), row.number(), row.problem()));
        }
      }
    }
  }

  /** A row by the names in the header. */
  private static ObjectNode object(List<String> header, List<String> row) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < header.size(); i++) {
      object.put(header.get(i), row.get(i));
    }
    return object;
  }
}
