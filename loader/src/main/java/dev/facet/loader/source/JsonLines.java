package dev.facet.loader.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object per line: {@code captions.jsonl}, or whatever {@code *.jsonl} there are. A line
 * that is not an object stops everything, for then nobody knows what else is broken.
 */
record JsonLines(Path root, MappedFields fields) implements ListFormat {
  /** The name that is looked for first. */
  static final String NAME = "captions.jsonl";

  private static final int MOST_BYTES = 64 << 20;
  private static final ObjectReader READER =
      ListJson.MAPPER
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Override
  public List<Part> parts() {
    Path usual = root.resolve(NAME);
    return Files.isDirectory(root) && Files.exists(usual)
        ? List.of(Part.of(root, usual))
        : ListFiles.parts(root, "jsonl");
  }

  @Override
  public Path imageRoot() {
    return ListFiles.folder(root);
  }

  @Override
  public void scan(Part part, Sink sink) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(part.path()), 1 << 20)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      long number = 1;
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          add(line.toByteArray(), number++, part, sink);
          line.reset();
        } else if (line.size() == MOST_BYTES) {
          throw broken(number, "it is longer than " + MOST_BYTES + " bytes", null);
        } else {
          line.write(next);
        }
      }
      add(line.toByteArray(), number, part, sink);
    }
  }

  private void add(byte[] line, long number, Part part, Sink sink) throws IOException {
    if (isBlank(line)) {
      return;
    }
    JsonNode object;
    try {
      object = READER.readValue(line);
    } catch (JsonProcessingException e) {
      throw broken(number, e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw broken(number, String.valueOf(e.getMessage()), e);
    }
    if (!object.isObject()) {
      throw broken(number, "not a JSON object", null);
    }
    sink.add(fields.entry(object, number, part.split()));
  }

  private static IOException broken(long number, String why, @Nullable IOException cause) {
    return new IOException(
        "line %d is not an entry (%s): mend the line or remove it".formatted(number, why), cause);
  }

  private static boolean isBlank(byte[] line) {
    for (byte each : line) {
      if (each != ' ' && each != '\t' && each != '\r') {
        return false;
      }
    }
    return true;
  }
}
