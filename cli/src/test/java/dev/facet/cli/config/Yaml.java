package dev.facet.cli.config;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML text as the values that settings are read from. */
final class Yaml {
  private Yaml() {}

  /** A value in a file called {@code my.yaml}. */
  static GivenSettings.Value value(String text) {
    LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    return new GivenSettings.Value(
        new Compose(settings).composeString(text).orElseThrow(),
        mark -> Origin.in("my.yaml", mark));
  }
}
