package dev.facet.cli.command;

import dev.facet.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How help looks: the same for every command. */
final class HelpStyle {
  /** picocli refuses less than 55 columns; a narrower window wraps. */
  private static final int NARROWEST_HELP = 60;

  private HelpStyle() {}

  static void apply(CommandLine line, Console console) {
    line.setOut(console.out());
    line.setErr(console.err());
    line.setUsageHelpWidth(Math.max(NARROWEST_HELP, console.terminal().width()));
    line.setUsageHelpLongOptionsMaxWidth(28);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setColorScheme(
        new ColorScheme.Builder(console.terminal().colours() ? Ansi.ON : Ansi.OFF)
            .commands(Ansi.Style.bold)
            .options(Ansi.Style.fg_cyan)
            .parameters(Ansi.Style.fg_cyan)
            .optionParams(Ansi.Style.italic)
            .build());
    style(line);
  }

  private static void style(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    spec.usageMessage()
        .synopsisHeading(spec.parent() == null ? "Usage: " : "%nUsage: ")
        .descriptionHeading("%n")
        .parameterListHeading("%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .sortOptions(false)
        .sortSynopsis(false)
        .abbreviateSynopsis(spec.parent() == null || !spec.subcommands().isEmpty());
    if (!spec.name().equals("help")) {
      spec.addOption(
          OptionSpec.builder("-h", "--help")
              .usageHelp(true)
              .description("Show this help and exit.")
              .build());
    }
    if (spec.parent() == null) {
      spec.addOption(
          OptionSpec.builder("-V", "--version")
              .versionHelp(true)
              .description("Show the version and exit.")
              .build());
    }
    line.getSubcommands().values().forEach(HelpStyle::style);
  }
}
