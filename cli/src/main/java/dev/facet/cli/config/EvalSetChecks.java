package dev.facet.cli.config;

import dev.facet.cli.settings.DataConfig;
import dev.facet.cli.settings.EvalSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Whether the held-out sets can be told apart, and what is picked on one is tested on another. */
final class EvalSetChecks {
  private static final String SETS = "eval.sets";

  /** What may stand in the name of a file on every system. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,39}");

  private EvalSetChecks() {}

  static void check(Config config, BiConsumer<List<String>, String> sink) {
    List<EvalSet> sets = config.eval().sets();
    Set<String> names = new HashSet<>();
    for (EvalSet set : sets) {
      if (!NAME.matcher(set.name()).matches()) {
        sink.accept(
            List.of(SETS),
            "eval.sets: \"%s\" cannot be a name; take up to 40 letters, digits, dots, dashes and _"
                .formatted(set.name()));
      } else if (!names.add(set.name())) {
        sink.accept(
            List.of(SETS), "eval.sets has two sets named %s: rename one".formatted(set.name()));
      }
      if (set.use() == EvalSet.Use.TEST && set.every() != null) {
        sink.accept(
            List.of(SETS),
            ("eval.sets: %s has use: test and every: %s, but a test set is scored once, at the end:"
                    + " leave out every, or make it use: validation")
                .formatted(set.name(), set.every()));
      }
    }
    if (!sets.isEmpty() && sets.stream().noneMatch(EvalSetChecks::validates)) {
      sink.accept(
          List.of(SETS),
          "eval.sets has no set with use: validation, so nothing says which weights are the best:"
              + " add one, such as {name: val, split: val}, with data.holdout where the data has no"
              + " such split");
    }
    overlaps(config, sink);
    patience(config, sink);
  }

  /** Evaluations are counted while training goes on. */
  private static void patience(Config config, BiConsumer<List<String>, String> sink) {
    List<EvalSet> sets = config.eval().sets();
    boolean picks = sets.isEmpty() || sets.stream().anyMatch(EvalSetChecks::validates);
    if (picks && config.train().best().patience() > 0 && config.picking().every() == 0) {
      sink.accept(
          List.of("train.patience", "train.eval_every"),
          "train.patience is %s, but the set that picks the best weights is evaluated at the end"
                  .formatted(config.train().best().patience())
              + " alone: set train.eval_every, or leave train.patience out");
    }
  }

  private static boolean validates(EvalSet set) {
    return set.use() == EvalSet.Use.VALIDATION;
  }

  private static void overlaps(Config config, BiConsumer<List<String>, String> sink) {
    DataConfig data = config.data();
    List<EvalSet> sets = config.eval().sets();
    for (EvalSet set : sets) {
      DataConfig own = data.on(set);
      if (set.root() == null && own.evalSplit().equals(data.trainSplit())) {
        sink.accept(
            List.of(SETS, "data.train_split"),
            "eval.sets: %s is split %s, which is trained on: name a held-out split"
                .formatted(set.name(), own.evalSplit()));
      }
      if (set.use() != EvalSet.Use.TEST) {
        continue;
      }
      for (EvalSet other : sets) {
        if (validates(other)
            && data.on(other).name().equals(own.name())
            && data.on(other).evalSplit().equals(own.evalSplit())) {
          sink.accept(
              List.of(SETS),
              ("eval.sets: %s tests on what %s validates on, split %s of %s: the best weights are"
                      + " picked there, which flatters them; name another split")
                  .formatted(set.name(), other.name(), own.evalSplit(), own.name()));
        }
      }
    }
  }
}
