package dev.facet.base;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is wrong with JSON, in words for those who wrote or copied it. The parser's own messages
 * name its classes, its settings and ours, which nobody but a programmer could do anything about.
 */
public final class JsonProblem {
  /** Longer ones quote too much of the file. */
  private static final int LONGEST = 200;

  /** Names of classes, methods and settings: camelCase, CONSTANT_CASE, quoted code. */
  private static final Pattern CODE =
      Pattern.compile("`|[a-z][A-Z]|[A-Z]_[A-Z]|[a-z]\\.[a-z]+\\.|\\w\\(\\)");

  private JsonProblem() {}

  /** What is wrong, with line and column. */
  public static String of(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String what = withoutPlace(e);
    return at == null || at.getLineNr() < 1
        ? what
        : String.format(Locale.ROOT, "%s, line %d, column %d", what, at.getLineNr(), column(at));
  }

  /** The same where the text is a single line, whose number is known otherwise. */
  public static String inLine(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String what = withoutPlace(e);
    return at == null ? what : what + ", column " + column(at);
  }

  private static int column(JsonLocation at) {
    return Math.max(1, at.getColumnNr());
  }

  private static String withoutPlace(JsonProcessingException e) {
    return switch (e) {
      case JsonEOFException _ -> "it ends within a value";
      case StreamConstraintsException _ -> "a value in it is longer or deeper than it may be";
      case UnrecognizedPropertyException unknown ->
          "'" + unknown.getPropertyName() + "' is no key that belongs there";
      case JsonMappingException mapping -> mapping(mapping);
      default -> syntax(String.valueOf(e.getOriginalMessage()));
    };
  }

  private static String mapping(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(step -> step.getFieldName() != null ? step.getFieldName() : "" + step.getIndex())
            .collect(Collectors.joining("."));
    return path.isEmpty()
        ? "it is not what should be there"
        : "the value of '" + path + "' is not what should be there";
  }

  /** The parser says what it found, and after a colon what it would have taken. */
  private static String syntax(String message) {
    String first = message.lines().findFirst().orElse("").replaceAll("(?<!\\('): .*", "");
    if (first.isBlank() || CODE.matcher(first.replaceAll("'.*'", "")).find()) {
      return "it breaks the rules of JSON";
    }
    return first.length() <= LONGEST ? first : first.substring(0, LONGEST) + "...";
  }
}
