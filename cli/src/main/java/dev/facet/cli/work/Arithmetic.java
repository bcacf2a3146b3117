package dev.facet.cli.work;

import dev.facet.cli.config.Config;
import dev.facet.cli.work.HeldOutSets.Opened;
import dev.facet.loader.data.Dataset;
import dev.facet.model.DualEncoder;
import dev.facet.model.selfcheck.SelfCheck;
import dev.facet.model.selfcheck.Use;
import dev.facet.train.TrainSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the arithmetic that a run will ask of this machine, before the run. Each gives a line for
 * the log.
 */
final class Arithmetic {
  private Arithmetic() {}

  /** Of an evaluation. */
  static String check(DualEncoder model, Config config, Dataset heldOut) {
    return SelfCheck.run(model, List.of(evaluation(config, heldOut, 1)));
  }

  /** Of a training run with its evaluations. */
  static String check(DualEncoder model, Config config, long steps, List<Opened> heldOut) {
    TrainSettings train = config.train();
    List<Use> uses = new ArrayList<>(List.of(new Use(train.atOnce(), steps * train.batch(), true)));
    for (Opened set : heldOut) {
      int every = set.set().every();
      uses.add(evaluation(config, set.data(), every == 0 ? 1 : 1 + steps / every));
    }
    return SelfCheck.run(model, uses);
  }

  private static Use evaluation(Config config, Dataset heldOut, long times) {
    int batch = Math.clamp(heldOut.size(), 1, config.eval().batch());
    return new Use(batch, times * heldOut.size(), false);
  }
}
