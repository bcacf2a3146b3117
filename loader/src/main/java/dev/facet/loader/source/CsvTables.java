package dev.facet.loader.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.loader.index.ListFormat;
import dev.facet.loader.index.ListedFile;
import dev.facet.loader.index.Sink;
import dev.facet.loader.text.CsvRecords;
import dev.facet.loader.text.TextEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Tables with a header line, separated by commas, semicolons, tabs or bars. A row with other cells
 * than the header is malformed, blank ones at its end aside.
 */
record CsvTables(Path root, MappedFields fields) implements ListFormat {
  static final String[] ENDINGS = {"csv", "tsv"};

  @Override
  public List<ListedFile> parts() {
    if (Files.isDirectory(root) && ListFiles.find(root, ENDINGS).isEmpty()) {
      List<Path> texts = TextTables.find(root, fields);
      if (!texts.isEmpty()) {
        return ListFiles.parts(root, texts);
      }
    }
    return ListFiles.parts(root, ENDINGS);
  }

  @Override
  public List<Path> pictureFolders(ListedFile part) {
    return ListFiles.pictureFolders(root, part);
  }

  @Override
  public void scan(ListedFile part, Sink sink) throws IOException {
    try (CsvRecords records = new CsvRecords(part.path(), fields::knows)) {
      if (records.encoding() == TextEncoding.WINDOWS_1252) {
        sink.note(
            part.name()
                + " is not UTF-8 and is read as Windows-1252: save it as UTF-8 if its letters come"
                + " out wrong");
      }
      for (var row = records.next(); row != null; row = records.next()) {
        if (row.problem() == null) {
          ObjectNode object = object(records.header(), row.cells());
          sink.add(fields.entry(object, row.number(), part));
        } else {
          sink.addMalformed(
              row.number(),
              null,
              String.format(
                  Locale.ROOT, "%s, line %d: %s", part.name(), row.number(), row.problem()));
        }
      }
    }
  }

  /** A row by the names in the header. */
  static ObjectNode object(List<String> header, List<String> row) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < header.size(); i++) {
      object.put(header.get(i), row.get(i));
    }
    return object;
  }
}
