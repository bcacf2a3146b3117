package dev.facet.cli.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
    List<String> names = new ArrayList<>();
    for (String line : text().lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        continue;
      }
      int depth = matcher.group("indent").length() / 2;
      names.subList(depth, names.size()).clear();
      names.add(matcher.group("name"));
      String comment = matcher.group("comment");
      if (comment != null) {
        descriptions.put(String.join(".", names), comment);
      }
    }
    return descriptions;
  }
}
