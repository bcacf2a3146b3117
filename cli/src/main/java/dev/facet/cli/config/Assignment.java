package dev.facet.cli.config;

import dev.facet.base.FacetException;

/**
 * One setting given on the command line.
 *
 * @param key dotted, {@code train.lr}
 * @param value as it would stand in YAML
 * @param where how it was written, for messages
 */
public record Assignment(String key, String value, String where) {

  /** Parses what follows {@code --set}. */
  public static Assignment parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw FacetException.usage(
          "--set " + text + ": expects key=value, for example --set train.batch=64");
    }
    return new Assignment(
        text.substring(0, equals).strip(), text.substring(equals + 1).strip(), "--set " + text);
  }

  /** A setting that has an option of its own, such as {@code --batch}. */
  public static Assignment option(String option, String key, Object value) {
    String yaml =
        value instanceof Number
            ? value.toString()
            : "'" + value.toString().replace("'", "''") + "'";
    return new Assignment(key, yaml, option + " " + value);
  }
}
