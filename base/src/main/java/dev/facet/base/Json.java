package dev.facet.base;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The one JSON reader and writer of the project; thread-safe. */
public final class Json {
  /** One line per document: logs and JSON lines. */
  public static final JsonMapper LINE = JsonMapper.builder().build();

  /** Indented: files people open. */
  public static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Json() {}
}
