package dev.facet.train;

import dev.facet.eval.retrieval.RetrievalResult;
import java.util.function.BooleanSupplier;

/** Who follows a run: told of every step and evaluation, and able to end it. */
public interface Watcher extends BooleanSupplier {
  void step(StepProgress progress);

  void evaluated(long step, RetrievalResult result);

  /** Told once where a resumed run begins. */
  void resumed(long step);

  void note(String message);

  /** True once the run should save its state and stop. */
  @Override
  boolean getAsBoolean();
}
