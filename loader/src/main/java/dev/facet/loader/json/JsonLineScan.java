package dev.facet.loader.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.loader.text.Line;
import dev.facet.loader.text.LineReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Reads one JSON object per line. A line that is none is a malformed row. */
public final class JsonLineScan {
  private JsonLineScan() {}

  /**
   * Reads a file; its lines are the numbers of entries.
   *
   * @param name for messages
   */
  public static void run(Path path, String name, ListEntries entries) throws IOException {
    try (LineReader lines = new LineReader(path)) {
      for (Line line = lines.next(); line != null; line = lines.next()) {
        if (line.isBlank()) {
          continue;
        }
        try {
          entries.add(object(line), line.number());
        } catch (MalformedException e) {
          entries.malformed(
              line.number(),
              String.format(
                  Locale.ROOT,
                  "%s, line %d: %s; mend the line or remove it",
                  name,
                  line.number(),
                  e.getMessage()));
        }
      }
    }
  }

  private static ObjectNode object(Line line) throws MalformedException {
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
