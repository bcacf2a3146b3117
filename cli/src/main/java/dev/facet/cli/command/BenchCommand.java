package dev.facet.cli.command;

import dev.facet.cli.console.Console;
import dev.facet.cli.request.Work;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code facet bench}. */
@Command(
    name = "bench",
    header = "Measure one part of a run alone.",
    synopsisSubcommandLabel = "WHAT",
    description = "Measures one part of a run alone.",
    footer = {"%nExample:", "  facet bench loader --data data/drawn --seconds 10"})
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  private final LoaderBenchCommand loader;
  private final EvalBenchCommand eval;

  BenchCommand(Console console, Work work, HubNames names) {
    this.loader = new LoaderBenchCommand(console, work, names);
    this.eval = new EvalBenchCommand(console, work);
  }

  /** The command with its own commands, which picocli cannot create by itself. */
  CommandLine line() {
    return new CommandLine(this).addSubcommand(loader).addSubcommand(eval);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to measure: loader or eval");
  }
}
