package dev.facet.base;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The one JSON reader and writer of the project; thread-safe. */
public final class Json {
  /** One line per document: logs and JSON lines. */
  public static final JsonMapper LINE = JsonMapper.builder().build();

  /** Indented: files people open. */
  public static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * Reads a small JSON file.
   *
   * @throws FacetException naming the file, if it is not the JSON expected
   */
  public static <T> T read(Path file, Class<T> type) throws IOException {
    try {
      return LINE.readValue(Files.readAllBytes(file), type);
    } catch (JsonProcessingException e) {
      throw FacetException.run(
          file + " is not readable JSON: " + e.getOriginalMessage() + "; copy or make it again", e);
    }
  }

  private Json() {}
}
