package dev.facet.cli.config;

import dev.facet.train.TrainSettings;
import dev.facet.train.schedule.RunLength;
import dev.facet.train.schedule.ScheduleKind;
import dev.facet.train.schedule.WarmUp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One length of a run and one of its warm-up, and learning rates that fall. */
final class ScheduleChecks {
  private ScheduleChecks() {}

  static void check(TrainSettings train, BiConsumer<List<String>, String> sink) {
    RunLength length = train.length();
    Map<String, @Nullable Object> lengths = new LinkedHashMap<>();
    lengths.put("train.max_steps", length.maxSteps());
    lengths.put("train.samples", length.samples());
    lengths.put("train.epochs", length.epochs());
    one("how long the run is", lengths, sink);
    WarmUp warmUp = train.schedule().warmUp();
    Map<String, @Nullable Object> warmUps = new LinkedHashMap<>();
    warmUps.put("train.warmup_samples", warmUp.warmupSamples());
    warmUps.put("train.warmup_epochs", warmUp.warmupEpochs());
    warmUps.put("train.warmup_steps", warmUp.warmupSteps());
    one("how long warm-up is", warmUps, sink);
    double floor = train.schedule().minLr();
    if (floor > train.adamW().lr()) {
      sink.accept(
          List.of("train.min_lr", "train.lr"),
          "train.min_lr is %s, more than the peak train.lr %s: lower the one or raise the other"
              .formatted(Double.toString(floor), Double.toString(train.adamW().lr())));
    }
    if (floor > 0 && train.schedule().schedule() == ScheduleKind.CONSTANT) {
      sink.accept(
          List.of("train.min_lr", "train.schedule"),
          "train.min_lr has no effect with train.schedule constant, which never falls: leave it out,"
              + " or set train.schedule to constant-cooldown");
    }
  }

  /** Of several ways to say one thing, one. */
  private static void one(
      String what, Map<String, @Nullable Object> ways, BiConsumer<List<String>, String> sink) {
    List<String> given = new ArrayList<>();
    List<String> values = new ArrayList<>();
    ways.forEach(
        (setting, value) -> {
          if (value != null) {
            given.add(setting);
            values.add(setting + " " + value);
          }
        });
    if (given.size() > 1) {
      sink.accept(
          given,
          "%s all say %s: keep one, and set %s"
              .formatted(String.join(" and ", values), what, String.join(" and ", others(given))));
    }
  }

  private static List<String> others(List<String> given) {
    return given.subList(1, given.size()).stream().map(each -> each + "=null").toList();
  }
}
