package dev.facet.loader.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.loader.index.ListedFile;
import dev.facet.loader.index.Sink;
import java.io.IOException;
import java.util.Locale;

/** Reads one JSON object per line. A line that is none is a malformed row. */
final class JsonLineScan {
  private JsonLineScan() {}

  static void run(ListedFile part, MappedFields fields, Sink sink) throws IOException {
    try (LineReader lines = new LineReader(part.path())) {
      for (Line line = lines.next(); line != null; line = lines.next()) {
        if (line.isBlank()) {
          continue;
        }
        try {
          sink.add(fields.entry(object(line), line.number(), part));
        } catch (MalformedException e) {
          sink.addMalformed(
              line.number(),
              null,
              String.format(
                  Locale.ROOT,
                  "%s, line %d: %s; mend the line or remove it",
                  part.name(),
                  line.number(),
                  e.getMessage()));
        }
      }
    }
  }

  private static JsonNode object(Line line) throws MalformedException {
    if (line.text() == null) {
      throw new MalformedException("it " + line.problem());
    }
    try {
      return ListJson.object(line.text());
    } catch (MalformedException e) {
      throw new MalformedException(e.getMessage() + "; a list has one object per line");
    }
  }
}
