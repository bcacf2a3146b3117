package dev.facet.cli.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one reference of all settings: {@code defaults.yaml}, each with its default and meaning. */
public final class Defaults {
  /** A line of the reference: indentation, key, value, and what follows the number sign. */
  private static final Pattern LINE =
      Pattern.compile("(?<indent> *)(?<name>\\w+):.*?(?: # (?<comment>.*))?");

  private Defaults() {}

  /** The file as it is shipped. */
  public static String text() {
    try (InputStream in = Defaults.class.getResourceAsStream("defaults.yaml")) {
      if (in == null) {
        throw new IllegalStateException("defaults.yaml is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The comment of each setting and section, by dotted path. */
  static Map<String, String> descriptions() {
    Map<String, String> descriptions = new HashMap<>();
    String section = "";
    for (String line : text().lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        continue;
      }
      boolean top = matcher.group("indent").isEmpty();
      String path = top ? matcher.group("name") : section + "." + matcher.group("name");
      String comment = matcher.group("comment");
      if (top) {
        section = path;
      }
      if (comment != null) {
        descriptions.put(path, comment);
      }
    }
    return descriptions;
  }
}
