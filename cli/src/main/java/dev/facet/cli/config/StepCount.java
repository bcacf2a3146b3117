package dev.facet.cli.config;

import dev.facet.base.FacetException;
import dev.facet.train.TrainSettings;
import dev.facet.train.schedule.RunLength;
import dev.facet.train.schedule.WarmUp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** How many steps a run has, and whether its settings fit that. */
public final class StepCount {
  /** Where pictures are drawn, their number decides too. */
  private static final List<String> PICTURES = List.of("data.synth_pictures", "data.synth_test");

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
    return train.length().steps(perEpoch(train, pictures), train.batch());
  }

  /** Steps of an epoch. */
  public static long perEpoch(TrainSettings train, long pictures) {
    return pictures / train.batch();
  }

  /**
   * Whether a batch can be filled, and warm-up and cooldown end.
   *
   * @param sink gets the settings concerned, the one to blame first, and what to do
   */
  public static void check(
      TrainSettings train, long pictures, BiConsumer<List<String>, String> sink) {
    long perEpoch = perEpoch(train, pictures);
    RunLength length = train.length();
    if (perEpoch == 0) {
      sink.accept(
          with("train.batch"),
          String.format(
              Locale.ROOT,
              "train.batch is %d, but the training split has only %d pictures; set train.batch to"
                  + " at most %d",
              train.batch(),
              pictures,
              pictures));
      return;
    }
    long steps = length.steps(perEpoch, train.batch());
    if (steps == 0) {
      sink.accept(
          List.of("train.samples", "train.batch"),
          String.format(
              Locale.ROOT,
              "train.samples is %d, which is not one batch of train.batch %d: raise the one or lower"
                  + " the other",
              length.value(),
              train.batch()));
      return;
    }
    WarmUp warmUp = train.schedule().warmUp();
    long rising = warmUp.steps(perEpoch, train.batch());
    long falling = train.schedule().cooldownSteps(steps);
    String run =
        String.format(
            Locale.ROOT,
            "the whole run has %d steps (%s %d, at %d an epoch)",
            steps,
            length.setting(),
            length.value(),
            perEpoch);
    if (rising >= steps) {
      sink.accept(
          with(warmUp.setting(), "train.batch", length.setting()),
          String.format(
              Locale.ROOT,
              "%s asks for %d steps of warm-up, but %s; set it to about %d steps",
              warmUp.setting(),
              rising,
              run,
              steps / 10));
    } else if (rising + falling > steps) {
      sink.accept(
          with("train.cooldown", warmUp.setting(), "train.batch", length.setting()),
          String.format(
              Locale.ROOT,
              "train.cooldown asks for %d steps and %s for %d before, but %s; lower one of the two",
              falling,
              warmUp.setting(),
              rising,
              run));
    }
  }

  private static List<String> with(String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.addAll(PICTURES);
    return all;
  }
}
