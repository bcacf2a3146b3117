package dev.facet.cli.config;

import dev.facet.prepare.PrepareSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The config of {@code facet prepare}. */
public final class PrepareConfig {
  private PrepareConfig() {}

  /**
   * Reads defaults, then the file, then the assignments; later ones win.
   *
   * @param file a YAML file, or null for the defaults alone
   * @throws dev.facet.base.FacetException with every problem found, each with its line and cure
   */
  public static PrepareSettings load(@Nullable Path file, List<Assignment> assignments) {
    ConfigReader reader = new ConfigReader(Defaults.PREPARE, file, assignments);
    PrepareSettings settings = checked(reader);
    reader.problems().throwIfAny();
    return settings;
  }

  /** With other paths in the places of those that are named. */
  public static PrepareSettings withPaths(PrepareSettings settings, UnaryOperator<Path> change) {
    return (PrepareSettings) Paths.changed(settings, change);
  }

  /** As {@link #load}, and does not fail where something is wrong. */
  public static Checked check(@Nullable Path file, List<Assignment> assignments) {
    ConfigReader reader = new ConfigReader(Defaults.PREPARE, file, assignments);
    PrepareSettings settings = checked(reader);
    return new Checked(settings, reader.problems().texts());
  }

  /**
   * Settings with all that is wrong with them.
   *
   * @param settings with stand-ins for what cannot be used
   * @param problems each with its place and cure; empty if there are none
   */
  public record Checked(PrepareSettings settings, List<String> problems) {
    public Checked {
      problems = List.copyOf(problems);
    }
  }

  private static PrepareSettings checked(ConfigReader reader) {
    PrepareSettings settings = (PrepareSettings) reader.settings();
    if (settings.filter().asksModel() && settings.filter().checkpoint() == null) {
      reader.combination(
          List.of("filter.min_similarity", "filter.checkpoint"),
          "a model has to say how similar they are: name its folder as filter.checkpoint, or set"
              + " this to -1");
    }
    return settings;
  }

  /** The whole config as YAML; {@link #load} reads it back equal. */
  public static String toYaml(PrepareSettings settings) {
    return ConfigWriter.write(settings);
  }
}
