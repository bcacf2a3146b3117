package dev.facet.cli.config;

import java.util.List;
import java.util.Set;

/**
 * A config with all that is wrong with it, for those who look further before they tell.
 *
 * @param config with stand-ins for what cannot be used
 * @param problems each with its place and cure; empty if there are none
 * @param wrong the settings that these are about, dotted; an empty one is the config as a whole
 */
public record CheckedConfig(Config config, List<String> problems, Set<String> wrong) {
  public CheckedConfig {
    problems = List.copyOf(problems);
    wrong = Set.copyOf(wrong);
  }

  /** Whether a section says what its author meant, so that one can look at what it is about. */
  public boolean holds(String section) {
    return wrong.stream()
        .noneMatch(
            setting ->
                setting.isEmpty() || setting.equals(section) || setting.startsWith(section + "."));
  }
}
