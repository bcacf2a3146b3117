package dev.facet.model.selfcheck;

import dev.facet.model.DualEncoder;
import dev.facet.model.ops.Precision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run computes: its operations, those first that it spends most work on. */
final class Workload {
  /** An operation at one size. */
  private record Key(Part part, Size size, boolean gradients) {}

  private final Map<Key, Double> work = new LinkedHashMap<>();

  private Workload() {}

  static List<Task> of(DualEncoder model, List<Use> uses) {
    Workload workload = new Workload();
    for (Use use : uses) {
      for (Pass pass : Pass.of(model, use.training())) {
        Parts.of(pass)
            .forEach(
                (placed, times) ->
                    workload.add(
                        placed.part(),
                        new Size(use.batch(), placed.tokens()),
                        use.training() && pass.learns(),
                        times * (double) use.pairs() / use.batch()));
      }
      workload.add(
          new LinearMap(
              model.config().embedDim(), use.batch(), LinearMap.Form.SCORES, Precision.FLOAT32),
          new Size(use.batch(), 1),
          use.training(),
          (double) use.pairs() / use.batch());
    }
    List<Task> tasks = new ArrayList<>();
    workload.work.forEach(
        (key, work) -> tasks.add(new Task(key.part, key.size, key.gradients, work)));
    tasks.sort(Comparator.comparingDouble(Task::work).reversed());
    return tasks;
  }

  private void add(Part part, Size size, boolean gradients, double times) {
    work.merge(
        new Key(part, size, gradients), times * part.cost(size, gradients).work(), Double::sum);
  }
}
