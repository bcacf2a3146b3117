package dev.facet.cli.command;

import dev.facet.cli.config.Defaults;
import dev.facet.cli.config.JsonSchema;
import dev.facet.cli.console.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code facet config}. */
@Command(
    name = "config",
    header = "Print all settings, or their JSON Schema.",
    description =
        "Prints every setting with its default and meaning, as YAML to start a config file from; or"
            + " the JSON Schema that lets an editor complete and check one.",
    footer = {
      "%nExamples:",
      "  facet config",
      "  facet config --schema > facet.schema.json",
      "  facet config --prepare"
    })
final class ConfigCommand implements Callable<Integer> {
  @Option(names = "--schema", description = "Print the JSON Schema instead.")
  private boolean schema;

  @Option(names = "--prepare", description = "Print the settings of \"facet prepare\".")
  private boolean prepare;

  private final Console console;

  ConfigCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Defaults defaults = prepare ? Defaults.PREPARE : Defaults.RUN;
    console.out().print(schema ? JsonSchema.text(defaults) : defaults.text());
    return 0;
  }
}
