package dev.facet.loader.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.facet.base.FacetException;
import dev.facet.base.GitLfs;
import dev.facet.loader.files.Endings;
import dev.facet.loader.text.Line;
import dev.facet.loader.text.LineReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a JSON file holds. Its begin tells, not its name: JSON lines are called {@code .json}, and
 * arrays {@code .jsonl}. No more is read than the first value, and of that no more than an entry
 * can be long.
 */
public enum JsonShape {
  /** Nothing; it was cut. */
  EMPTY,
  /** An array. */
  ARRAY,
  /** More than one object. */
  LINES,
  /** One object, in which pictures are listed. */
  LISTING,
  /** One object of another kind, or none that is whole: a card, statistics, a lone entry. */
  SINGLE,
  /** Something else. */
  OTHER;

  private static final int LINES_LOOKED_AT = 4;

  /** Whether a file among others is taken for a list of the data set. */
  public boolean isList() {
    return this != SINGLE && this != OTHER;
  }

  /**
   * The shape of a file.
   *
   * @throws FacetException if it cannot be read, or is a pointer of Git LFS
   */
  public static JsonShape of(Path file) {
    GitLfs.refuse(file);
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = ListJson.MAPPER.createParser(in)) {
      JsonShape shape = new Look(parser).shape();
      return shape == SINGLE && goesOnWithObjects(file) ? LINES : shape;
    } catch (IOException e) {
      throw FacetException.run("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Whether a first line that is broken hides lines that are not. */
  private static boolean goesOnWithObjects(Path file) throws IOException {
    try (LineReader lines = new LineReader(file)) {
      for (int i = 0; i < LINES_LOOKED_AT; i++) {
        Line line = lines.next();
        if (line == null) {
          return false;
        }
        if (i > 0 && line.text() != null && isObject(line.text())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isObject(String line) {
    try {
      ListJson.object(line);
      return true;
    } catch (MalformedException e) {
      return false;
    }
  }

  private static final class Look {
    private final JsonParser parser;
    private boolean lists;

    Look(JsonParser parser) {
      this.parser = parser;
    }

    JsonShape shape() throws IOException {
      boolean whole = false;
      try {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
          return first == null ? EMPTY : first == JsonToken.START_ARRAY ? ARRAY : OTHER;
        }
        whole = passObject();
        if (whole && parser.nextToken() != null) {
          return LINES;
        }
      } catch (JsonProcessingException e) {
        if (whole) {
          return LINES; // what follows the object is broken, but something follows
        }
        if (parser.currentToken() == null) {
          return OTHER;
        }
      }
      return lists ? LISTING : SINGLE;
    }

    /** Whether the object ends before it is longer than any entry; sees pictures on the way. */
    private boolean passObject() throws IOException {
      int depth = 1;
      boolean inArray = false; // on the highest level
      while (depth > 0) {
        JsonToken next = parser.nextToken();
        if (next == null || read() > LineReader.MOST_BYTES) {
          return false;
        }
        if (next == JsonToken.FIELD_NAME) {
          lists |= depth <= 2 && !inArray && isPicture(parser.currentName());
        } else if (next == JsonToken.VALUE_STRING) {
          lists |= depth == 3 && inArray && isPicture(parser.getText());
        } else if (next.isStructStart()) {
          inArray = depth == 1 ? next == JsonToken.START_ARRAY : inArray;
          depth++;
        } else if (next.isStructEnd()) {
          depth--;
          inArray &= depth > 1;
        }
      }
      return true;
    }

    private long read() {
      JsonLocation at = parser.currentLocation();
      return Math.max(at.getByteOffset(), at.getCharOffset());
    }

    private static boolean isPicture(String name) {
      return Endings.isPicture(Endings.of(name));
    }
  }
}
