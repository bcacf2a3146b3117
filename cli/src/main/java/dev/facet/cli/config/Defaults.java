package dev.facet.cli.config;

import dev.facet.prepare.PrepareSettings;
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

/** A config's one reference: a file with every setting, its default and its meaning. */
public enum Defaults {
  /** Of training, evaluation and whatever reads data: {@link Config}. */
  RUN("Facet config", Config.class, "defaults.yaml"),
  /** Of {@code facet prepare}. */
  PREPARE("Facet prepare config", PrepareSettings.class, "prepare.yaml");

  /** A line of the reference: indentation, key, value, and what follows the number sign. */
  private static final Pattern LINE =
      Pattern.compile("(?<indent> *)(?<name>\\w+):.*?(?: # (?<comment>.*))?");

  private final String title;
  private final Class<?> root;
  private final String file;
  private final Keys keys;

  Defaults(String title, Class<?> root, String file) {
    this.title = title;
    this.root = root;
    this.file = file;
    this.keys = new Keys(root);
  }

  /** What the config is called. */
  String title() {
    return title;
  }

  /** The record that holds all settings. */
  Class<?> root() {
    return root;
  }

  /** The name of the file. */
  String file() {
    return file;
  }

  Keys keys() {
    return keys;
  }

  /** The file as it is shipped. */
  public String text() {
    try (InputStream in = Defaults.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The comment of each setting and section, by dotted path. */
  Map<String, String> descriptions() {
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
