package dev.facet.cli.settings;

import java.nio.file.Path;

/** Where a run is kept and what it is called. */
public record RunConfig(Path dir, String name) {
  /** File name of the effective config in a run directory, and in each of its checkpoints. */
  public static final String CONFIG_FILE = "config.yaml";

  /** Where the run keeps its effective config; that it exists tells a started run. */
  public Path configFile() {
    return dir.resolve(CONFIG_FILE);
  }
}
