package dev.facet.cli.command;

import dev.facet.cli.config.Assignment;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --set}, for every command that reads a config. */
final class ConfigOptions {
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Change one setting, such as train.batch=64; may be repeated. \"facet config\" lists"
              + " them all.")
  private List<String> set = new ArrayList<>();

  /** What was given, in its order. */
  List<Assignment> assignments() {
    return set.stream().map(Assignment::parse).toList();
  }
}
