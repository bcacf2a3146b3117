package dev.facet.loader.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.loader.index.ListFormat;
import dev.facet.loader.index.ListedFile;
import dev.facet.loader.index.Sink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One JSON object per line: {@code captions.jsonl}, or whatever {@code *.jsonl} there are. A line
 * that is none is a malformed row.
 */
record JsonLines(Path root, MappedFields fields) implements ListFormat {
  /** The name that is looked for first. */
  static final String NAME = "captions.jsonl";

  @Override
  public List<ListedFile> parts() {
    Path usual = root.resolve(NAME);
    return Files.isDirectory(root) && Files.exists(usual)
        ? List.of(ListedFile.of(root, usual))
        : ListFiles.parts(root, "jsonl");
  }

  @Override
  public Path imageRoot() {
    return ListFiles.folder(root);
  }

  @Override
  public void scan(ListedFile part, Sink sink) throws IOException {
    try (LineReader lines = new LineReader(part.path())) {
      for (Line line = lines.next(); line != null; line = lines.next()) {
        if (line.isBlank()) {
          continue;
        }
        try {
          sink.add(fields.entry(object(line), line.number(), part.split()));
        } catch (MalformedException e) {
          sink.addMalformed(
              line.number(),
              null,
              "%s, line %d: %s; mend the line or remove it"
                  .formatted(part.name(), line.number(), e.getMessage()));
        }
      }
    }
  }

  private static JsonNode object(Line line) throws MalformedException {
    if (line.text() == null) {
      throw new MalformedException("it " + line.problem());
    }
    return ListJson.object(line.text());
  }
}
