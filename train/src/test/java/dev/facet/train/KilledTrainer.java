package dev.facet.train;

import dev.facet.train.KilledTrainerTest.Place;
import java.nio.file.Path;

/** A run in a process of its own, which tells what it is about to do and may be killed. */
final class KilledTrainer {
  private KilledTrainer() {}

  /**
   * Goes on with a run, or begins it.
   *
   * @param arguments the run's folder and its epochs
   */
  public static void main(String[] arguments) throws Exception {
    run(Path.of(arguments[0]), Integer.parseInt(arguments[1])).run(true);
  }

  /** A run that is saved every third step and scored every fourth. */
  static TinyRun run(Path dir, int epochs) {
    TinyRun run = new TinyRun(dir, epochs, 1e-3);
    run.ema = 0.9;
    run.afterStep = step -> System.out.println(Place.STEP);
    run.more.add(
        new EvaluationSet(
            "often",
            4,
            (model, step) -> {
              System.out.println(Place.EVALUATION);
              return TinyRun.scored(step / 1000.0);
            }));
    return run;
  }
}
