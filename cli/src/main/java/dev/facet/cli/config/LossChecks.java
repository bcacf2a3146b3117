package dev.facet.cli.config;

import dev.facet.model.ops.Duplicates;
import dev.facet.model.training.ObjectiveKind;
import dev.facet.train.TrainSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Which wishes for a loss, and for how a batch goes through the model, do not go together. */
final class LossChecks {
  private static final TrainSettings USUAL = Config.defaults().train();

  private LossChecks() {}

  static void check(TrainSettings train, BiConsumer<List<String>, String> sink) {
    parts(train, sink);
    Double start = train.logitScale();
    if (start != null && start > train.maxLogitScale()) {
      sink.accept(
          List.of("train.logit_scale", "train.max_logit_scale"),
          "train.logit_scale "
              + start
              + " lies above train.max_logit_scale "
              + train.maxLogitScale()
              + ": lower the one or raise the other");
    }
    if (train.teacher() == null && train.loss().distillation() != USUAL.loss().distillation()) {
      sink.accept(
          List.of("train.distillation", "train.teacher"),
          "train.distillation has no effect without a teacher: name its folder in train.teacher, or"
              + " leave train.distillation out");
    }
    if (train.objective() == ObjectiveKind.FLIP) {
      flip(train, sink);
    }
  }

  /** How a batch is dealt to replicas, and goes through each of them. */
  private static void parts(TrainSettings train, BiConsumer<List<String>, String> sink) {
    int replicas = train.replicas();
    if (train.batch() % replicas != 0) {
      sink.accept(
          List.of("train.replicas", "train.batch"),
          "train.replicas "
              + replicas
              + " does not divide train.batch "
              + train.batch()
              + ", of which each gets the same share; nearest that do: "
              + nearestDivisors(train.batch(), replicas));
      return;
    }
    Integer micro = train.microBatch();
    int share = train.batch() / replicas;
    if (micro != null && share % micro != 0) {
      sink.accept(
          List.of("train.micro_batch", "train.batch", "train.replicas"),
          "train.micro_batch "
              + micro
              + " does not divide "
              + (replicas == 1
                  ? "train.batch " + share
                  : share + ", the share of each of train.replicas " + replicas)
              + "; nearest that do: "
              + nearestDivisors(share, micro));
    }
  }

  /** FLIP's own objective is what its authors made it. */
  private static void flip(TrainSettings train, BiConsumer<List<String>, String> sink) {
    alone(train.microBatch() != null, "micro_batch", sink);
    alone(train.replicas() > 1, "replicas", sink);
    alone(train.loss().duplicates() != Duplicates.MASK, "duplicates", sink);
    alone(train.loss().labelSmoothing() > 0, "label_smoothing", sink);
    alone(train.teacher() != null, "teacher", sink);
  }

  private static void alone(boolean asked, String name, BiConsumer<List<String>, String> sink) {
    if (asked) {
      String key = "train." + name;
      sink.accept(
          List.of(key, "train.objective"),
          key
              + " serves train.objective contrastive only: leave it out, or set train.objective to"
              + " contrastive");
    }
  }

  private static String nearestDivisors(int batch, int wanted) {
    List<String> divisors = new ArrayList<>();
    for (int below = Math.min(wanted, batch); below >= 1 && divisors.isEmpty(); below--) {
      if (batch % below == 0) {
        divisors.add(Integer.toString(below));
      }
    }
    for (int above = wanted; above <= batch; above++) {
      if (batch % above == 0) {
        divisors.add(Integer.toString(above));
        break;
      }
    }
    return String.join(" and ", divisors);
  }
}
