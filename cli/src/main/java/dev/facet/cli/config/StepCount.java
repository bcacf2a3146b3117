package dev.facet.cli.config;

import dev.facet.base.FacetException;
import dev.facet.train.TrainSettings;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** How many steps a run has, and whether its settings fit that. */
public final class StepCount {
  private StepCount() {}

  /**
   * Steps of a whole run; an epoch's last, incomplete batch is left out.
   *
   * @param pictures in the training split
   * @throws FacetException if not one batch can be filled, or warm-up would outlast the run
   */
  public static long of(TrainSettings train, long pictures) {
    check(
        train,
        pictures,
        (keys, message) -> {
          throw FacetException.usage(message);
        });
    return steps(train, pictures);
  }

  /**
   * Whether a batch can be filled and warm-up ends.
   *
   * @param sink gets the settings concerned, the one to blame first, and what to do
   */
  public static void check(
      TrainSettings train, long pictures, BiConsumer<List<String>, String> sink) {
    long steps = steps(train, pictures);
    if (steps == 0) {
      sink.accept(
          List.of("train.batch", "data.synth_pictures", "data.synth_test"),
          String.format(
              Locale.ROOT,
              "train.batch is %d, but the training split has only %d pictures; set train.batch to"
                  + " at most %d",
              train.batch(),
              pictures,
              pictures));
    } else if (train.warmupSteps() >= steps) {
      sink.accept(
          List.of(
              "train.warmup_steps",
              "train.batch",
              "train.epochs",
              "data.synth_pictures",
              "data.synth_test"),
          String.format(
              Locale.ROOT,
              "train.warmup_steps is %d, but the whole run has %d steps (%d epochs of %d); set it"
                  + " to about %d",
              train.warmupSteps(),
              steps,
              train.epochs(),
              steps / train.epochs(),
              steps / 10));
    }
  }

  private static long steps(TrainSettings train, long pictures) {
    return pictures / train.batch() * train.epochs();
  }
}
