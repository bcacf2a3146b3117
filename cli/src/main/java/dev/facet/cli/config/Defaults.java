package dev.facet.cli.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one reference of all settings: {@code defaults.yaml}, each with its default and meaning. */
public final class Defaults {
  /** A line of the reference: indentation, key, value, and what follows the number sign. */
  private static final Pattern LINE = Pattern.compile("( *)(\\w+):\\s*(.*?)\\s*(?:# (.*))?");

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
      List<String> group = List.of(matcher.group(1), matcher.group(2), matcher.group(3));
      String comment = matcher.group(4);
      String path = group.get(0).isEmpty() ? group.get(1) : section + "." + group.get(1);
      if (group.get(0).isEmpty()) {
        section = path;
      }
      if (comment != null) {
        descriptions.put(path, comment);
      }
    }
    return descriptions;
  }
}
