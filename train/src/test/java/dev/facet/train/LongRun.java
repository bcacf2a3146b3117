package dev.facet.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A run in a process of its own, which tells how much memory that has. */
final class LongRun {
  static final int STEPS = 5000;
  static final int EVERY = 1000;

  private LongRun() {}

  /**
   * Runs to the end, with averages and batches in parts.
   *
   * @param arguments the run's folder
   */
  public static void main(String[] arguments) throws Exception {
    int perEpoch = TinyRun.ROWS / TinyRun.BATCH;
    TinyRun run = new TinyRun(Path.of(arguments[0]), STEPS / perEpoch, 1e-3);
    run.ema = 0.999;
    run.microBatch = 8;
    run.checkpointEvery = 50;
    run.more.add(new EvaluationSet("often", 100, (model, step) -> TinyRun.scored(0.5)));
    run.afterStep =
        step -> {
          if (step % EVERY == 0) {
            System.out.println("rss " + resident());
          }
        };
    run.run(false);
  }

  /** Of this process, in kB; Linux tells. */
  private static long resident() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
