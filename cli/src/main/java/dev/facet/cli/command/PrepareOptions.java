package dev.facet.cli.command;

import dev.facet.cli.config.Assignment;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --set} of {@code facet prepare}, whose settings are others than those of a run. */
final class PrepareOptions {
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Change one setting, such as fetch.timeout=10; may be repeated. \"facet config"
              + " --prepare\" lists them all.")
  private List<String> set = new ArrayList<>();

  /** What was given, in its order. */
  List<Assignment> assignments() {
    return set.stream().map(Assignment::parse).toList();
  }
}
