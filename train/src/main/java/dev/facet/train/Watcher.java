package dev.facet.train;

import dev.facet.eval.log.EvalLine;
import dev.facet.eval.log.RunLog;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Who follows a run: told of every step and evaluation, and able to end it. */
public interface Watcher extends BooleanSupplier {
  void step(StepProgress progress);

  /**
   * Told of an evaluation.
   *
   * @param log for pictures and histograms of it
   */
  void evaluated(EvalLine line, RunLog log) throws IOException;

  /** Told once where a resumed run begins. */
  void resumed(long step);

  void note(String message);

  /** True once the run should save its state and stop. */
  @Override
  boolean getAsBoolean();
}
