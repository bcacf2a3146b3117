package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.base.PinnedArrays;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.Work;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line: {@code facet} and its commands, ending in an exit code. */
@Command(
    name = "facet",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Trains image-text models on pictures of faces with captions, and measures how well they"
            + " find one by the other.",
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0    success",
      "  1    the run failed; the message says why",
      "  2    wrong arguments or config; nothing was touched",
      "  130  interrupted; a training run has saved a state that --resume continues",
      "       (other commands: 143 after SIGTERM, 129 after SIGHUP)",
      "",
      "Examples:",
      "  facet train --config configs/quickstart.yaml",
      "  facet eval --run runs/quickstart",
      "  facet help train"
    })
public final class Facet implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure.")
  private boolean debug;

  private Facet() {}

  /** Runs one command line and gives its exit code. Nothing is thrown. */
  public static int run(Console console, Work work, String... arguments) {
    Facet facet = new Facet();
    HubNames names = new HubNames(console, System.getenv());
    CommandLine line = new CommandLine(facet);
    for (Object command :
        List.of(
            new TrainCommand(console, work, names),
            new EvalCommand(console, work, names),
            new EmbedCommand(console, work, names),
            new SearchCommand(console, work, names),
            new CompareCommand(console, work),
            new RunsCommand(console, work),
            new InspectCommand(console, work, names),
            new ParityCommand(console, work),
            new ExportCommand(console, work),
            new PrepareCommand(console, work, names),
            new SynthCommand(console, work),
            new BenchCommand(console, work, names).line(),
            new FetchCommand(console, names),
            new ConfigCommand(console),
            new DoctorCommand(console, work))) {
      line.addSubcommand(command);
    }
    line.addSubcommand(new CommandLine.HelpCommand());
    HelpStyle.apply(line, console);
    line.registerConverter(Path.class, written -> names.path(Path.of(written)));
    line.setParameterExceptionHandler(
        (e, args) ->
            e.getCause() instanceof FacetException || e.getCause() instanceof UncheckedIOException
                ? Failure.report(e.getCause(), console.err(), facet.debug)
                : Failure.usage(e, console.err()));
    line.setExecutionExceptionHandler(
        (e, at, result) -> Failure.report(e, console.err(), facet.debug));
    try {
      PinnedArrays.check();
      return line.execute(arguments);
    } catch (FacetException e) {
      return Failure.report(e, console.err(), facet.debug);
    } catch (Error e) {
      // picocli hands over exceptions only; an OutOfMemoryError has a cure too.
      return Failure.report(e, console.err(), facet.debug);
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command: " + names());
  }

  private String names() {
    return String.join(", ", spec.subcommands().keySet());
  }
}
