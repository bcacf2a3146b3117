package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.SynthRequest;
import dev.facet.cli.request.Work;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code facet synth}. */
@Command(
    name = "synth",
    header = "Draw the built-in picture set.",
    description =
        "Draws faces with captions: a dataset of shards to try everything on, without a download"
            + " and without a real person's face. The same seed and count give the same bytes on"
            + " any machine.",
    footer = {
      "%nExamples:",
      "  facet synth --out data/drawn --count 12000",
      "  facet inspect data/drawn --sheet drawn.png"
    })
final class SynthCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder to make; must not exist.")
  private Path out;

  @Option(names = "--count", required = true, paramLabel = "N", description = "How many pictures.")
  private int count;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of every drawing and caption (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--test-share",
      paramLabel = "SHARE",
      defaultValue = "0.08",
      description = "Share of the pictures in the split \"test\" (default: ${DEFAULT-VALUE}).")
  private double testShare;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Threads that draw; 0 = one per core (default: ${DEFAULT-VALUE}).")
  private int threads;

  private final Console console;
  private final Work work;

  SynthCommand(Console console, Work work) {
    this.console = console;
    this.work = work;
  }

  @Override
  public Integer call() throws Exception {
    if (count < 1) {
      throw FacetException.usage("--count " + count + ": draw at least 1 picture");
    }
    if (!(testShare >= 0 && testShare < 1)) {
      throw FacetException.usage("--test-share " + testShare + ": a share from 0 and below 1");
    }
    if (threads < 0) {
      throw FacetException.usage("--threads " + threads + ": 0 (one per core) or more");
    }
    if (Files.exists(out)) {
      throw FacetException.usage("--out " + out + " already exists: delete it or name another");
    }
    int workers = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    work.synth(new SynthRequest(out, count, seed, testShare, workers), console);
    return 0;
  }
}
