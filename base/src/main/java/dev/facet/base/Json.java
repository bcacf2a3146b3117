package dev.facet.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one JSON reader and writer of the project; thread-safe. JSON has no NaN and no infinity: a
 * number that is none of the finite ones is written as {@code null}, wherever it stands.
 */
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().addDecorator((factory, out) -> new FiniteNumbers(out)).build();

  /** One line per document: logs and JSON lines. */
  public static final JsonMapper LINE = JsonMapper.builder(FACTORY).build();

  /** Indented: files people open. */
  public static final JsonMapper PRETTY =
      JsonMapper.builder(FACTORY).enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Of a config or a state, which have kilobytes. */
  private static final long SMALL = 8L << 20;

  /**
   * Reads a small JSON file, of at most 8 MiB.
   *
   * @throws FacetException naming the file, if it is larger or not the JSON expected
   */
  public static <T> T read(Path file, Class<T> type) throws IOException {
    return read(file, type, SMALL);
  }

  /** The same with a bound of its own, in bytes. */
  public static <T> T read(Path file, Class<T> type, long limit) throws IOException {
    long size = Files.size(file);
    if (size > limit) {
      throw FacetException.run(
          String.format(
              Locale.ROOT,
              "%s has %d bytes, more than the %d such a file may have; is it another file?",
              file,
              size,
              limit));
    }
    byte[] bytes = Files.readAllBytes(file);
    if (GitLfs.isPointer(bytes)) {
      throw FacetException.usage(file + " " + GitLfs.CURE);
    }
    try {
      @Nullable T value = LINE.readValue(bytes, type);
      if (value == null || value instanceof NullNode) {
        throw FacetException.run(file + " holds nothing but null; copy or make it again");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw FacetException.run(
          file + " is not readable JSON: " + JsonProblem.of(e) + "; copy or make it again", e);
    }
  }

  private Json() {}

  /** Jackson writes the others as the texts "NaN" and "Infinity", which no reader takes for one. */
  private static final class FiniteNumbers extends JsonGeneratorDelegate {
    FiniteNumbers(JsonGenerator out) {
      super(out, false);
    }

    @Override
    public void writeNumber(double number) throws IOException {
      if (Double.isFinite(number)) {
        super.writeNumber(number);
      } else {
        writeNull();
      }
    }

    @Override
    public void writeNumber(float number) throws IOException {
      if (Float.isFinite(number)) {
        super.writeNumber(number);
      } else {
        writeNull();
      }
    }

    @Override
    public void writeArray(double[] numbers, int from, int count) throws IOException {
      writeStartArray(numbers, count);
      for (int i = from; i < from + count; i++) {
        writeNumber(numbers[i]);
      }
      writeEndArray();
    }
  }
}
