package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.config.CheckedConfig;
import dev.facet.cli.config.Config;
import dev.facet.cli.config.Resume;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Interrupt;
import dev.facet.cli.request.DryRunRequest;
import dev.facet.cli.request.TrainRequest;
import dev.facet.cli.request.Work;
import dev.facet.train.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code facet train}. */
@Command(
    name = "train",
    header = "Train a model as a config file says.",
    description =
        "Trains a dual encoder on captioned pictures, as a config file says, and scores it on the"
            + " held-out split. The run directory gets the config, a line of figures per step,"
            + " checkpoints and a report. Ctrl-C, or a terminal that closes, saves and stops;"
            + " --resume goes on from there. One process works in a run directory at a time.",
    footer = {
      "%nExamples:",
      "  facet train --config configs/quickstart.yaml",
      "  facet train --config my.yaml --set train.lr=1e-4 --dry-run",
      "  facet train --config configs/quickstart.yaml --resume"
    })
final class TrainCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "YAML file with the settings that differ from the defaults.")
  private Path file;

  @Mixin private ConfigOptions options;

  @Option(
      names = "--resume",
      description = "Go on from the newest checkpoint of the run directory.")
  private boolean resume;

  @Option(
      names = "--dry-run",
      description =
          "Train nothing: open the data, check it, the settings and the machine against each other,"
              + " tell all problems at once, and print all settings that result.")
  private boolean dryRun;

  private final Console console;
  private final Work work;
  private final HubNames names;

  TrainCommand(Console console, Work work, HubNames names) {
    this.console = console;
    this.work = work;
    this.names = names;
  }

  @Override
  public Integer call() throws Exception {
    if (dryRun) {
      dryRun();
      return 0;
    }
    Config config = names.in(Config.loadForTraining(file, options.assignments()));
    // The folder comes before anything in it is read: another process could be writing it.
    try (Interrupt interrupt = new Interrupt(console.err());
        RunDirectory folder = RunDirectory.take(config.run().dir(), this::note)) {
      check(config);
      if (!work.train(new TrainRequest(config, resume, folder), console, interrupt)) {
        console.err().println("stopped and saved; continue with the same command and --resume");
        return Interrupt.EXIT_CODE;
      }
    }
    return 0;
  }

  private void dryRun() throws Exception {
    CheckedConfig checked = Config.checkForTraining(file, options.assignments());
    Config config = names.in(checked.config());
    List<String> problems = new ArrayList<>(checked.problems());
    if (checked.holds("run")) {
      try {
        checkRunDirectory(config);
        if (resume && problems.isEmpty()) {
          checkResume(config);
        }
      } catch (FacetException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    List<String> missingData = Inputs.missingData(config);
    List<String> missingModel = Inputs.missingModel(config.model());
    problems.addAll(missingData);
    problems.addAll(missingModel);
    problems.addAll(
        work.dryRun(
            new DryRunRequest(
                config,
                checked.holds("data") && missingData.isEmpty(),
                checked.holds("model") && missingModel.isEmpty(),
                checked.holds("train")),
            console));
    Problems.throwIfAny(problems);
    console.out().print(config.toYaml());
  }

  private void note(String message) {
    console.err().println("note: " + message);
  }

  private void check(Config config) {
    checkRunDirectory(config);
    if (resume) {
      checkResume(config);
    }
    Inputs.check(config);
  }

  private void checkRunDirectory(Config config) {
    Path run = config.run().dir();
    Path before = config.run().configFile();
    boolean started = Files.exists(before);
    if (started && !resume) {
      throw FacetException.usage(
          run
              + " already holds a run: continue it with --resume, or start another with --set"
              + " run.dir=...");
    }
    if (!started && resume) {
      throw FacetException.usage(
          run
              + " holds no run to resume (no "
              + before.getFileName()
              + " there): leave out --resume");
    }
  }

  private static void checkResume(Config config) {
    Resume.check(Config.load(config.run().configFile(), List.of()), config);
  }
}
