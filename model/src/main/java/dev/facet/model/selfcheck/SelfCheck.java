package dev.facet.model.selfcheck;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.facet.base.FacetException;
import dev.facet.model.DualEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Checks that this machine computes what a model will ask of it. Libraries choose a kernel by
 * widths, rows, threads and what the processor says of itself, and some kernels have been wrong on
 * some machines: silently, and at some shapes only. So each operation of the model runs on seeded
 * numbers in the way the model runs it, and a sample of what it gives is computed again in float64,
 * in plain Java.
 *
 * <p>At first every operation sees a few rows. Then come the full batches of the run, the operation
 * first that has most work in it; where {@link Budget} has too little left for one, as large a part
 * of it as fits. What is left after that goes to batches of shorter sequences.
 */
public final class SelfCheck {
  /** Tokens of the first look. */
  private static final int FEW = 64;

  private final DualEncoder model;
  private final NDManager scope;
  private final Map<SeededRow, NDArray> rows = new HashMap<>();
  private final Kernels kernels;
  private final List<Task> tasks;
  private final Budget budget;
  private final Checked checked;

  private SelfCheck(
      DualEncoder model, NDManager scope, Kernels kernels, List<Use> uses, double seconds) {
    this.model = model;
    this.scope = scope;
    this.kernels = kernels;
    this.tasks = Workload.of(model, uses);
    this.budget = new Budget(tasks.stream().mapToDouble(Task::work).sum(), seconds);
    this.checked = new Checked(tasks);
  }

  /**
   * Checks the operations of a model.
   *
   * @param uses what the run does with it
   * @return one line for the log: what was checked, and at which numbers of rows
   * @throws FacetException if one of them is wrong
   */
  public static String run(DualEncoder model, List<Use> uses) {
    return run(model, uses, Kernels.OWN, Budget.SECONDS);
  }

  static String run(DualEncoder model, List<Use> uses, Kernels kernels, double seconds) {
    try (NDManager scope = model.manager().newSubManager()) {
      return new SelfCheck(model, scope, kernels, uses, seconds).run();
    }
  }

  private String run() {
    for (Task task : tasks) {
      Size few = new Size(1, Math.min(FEW, task.size().tokens()));
      // Short of time, an operation is looked at in one of its two ways, alone or with gradients.
      if (!checked.has(task.part()) || budget.fits(task.cost(few))) {
        check(task, few);
      }
    }
    for (Task task : tasks) {
      Size size = largest(task, budget);
      if (size.sequences() > 0) {
        check(task, size);
      }
    }
    for (Task task : tasks) {
      Size shorter = new Size(task.size().sequences(), (task.size().tokens() + 2) / 3);
      if (budget.fits(task.cost(shorter))) {
        check(task, shorter);
      }
    }
    return checked.line(budget.spent(), model.device());
  }

  /** A batch of the run, or the half, the quarter and so on of it that fits; none if none does. */
  static Size largest(Task task, Budget budget) {
    Size size = task.size();
    while (size.sequences() > 0 && !budget.fits(task.cost(size))) {
      size = new Size(size.sequences() / 2, size.tokens());
    }
    return size;
  }

  private void check(Task task, Size size) {
    if (checked.has(task, size)) {
      return;
    }
    long begin = System.nanoTime();
    try (Trial trial = new Trial(scope, rows, kernels, task.gradients())) {
      for (Difference difference : task.part().check(size, trial)) {
        require(task, size, difference);
      }
      double all = (System.nanoTime() - begin) / 1e9;
      budget.spend(task.cost(size), trial.seconds(), all - trial.seconds());
    }
    checked.add(task, size);
  }

  private void require(Task task, Size size, Difference difference) {
    Part part = task.part();
    double allowed = Difference.allowed(part.precision());
    if (difference.relative() > allowed) {
      throw FacetException.run(
          String.format(
              Locale.ROOT,
              "this machine computes wrongly: %s, at %s, in %s on %s: %s is off by %.2g of its"
                  + " usual size, where %.2g is allowed. No number of this run would be right. Try"
                  + " one thread (OMP_NUM_THREADS=1 in the environment), another model.precision or"
                  + " another machine, and report this line",
              part.name(),
              part.of(size),
              part.precision().name().toLowerCase(Locale.ROOT),
              model.device(),
              difference.what(),
              difference.relative(),
              allowed));
    }
  }
}
