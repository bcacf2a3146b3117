package dev.facet.train;

import ai.djl.ndarray.NDArray;
import dev.facet.model.DualEncoder;
import dev.facet.train.Checkpoints.Snapshot;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Saves the steps of a run: each is copied at once, and written by a thread of its own while the
 * next steps are made. There is memory for one copy, so the next waits until that is written.
 */
final class Saving implements AutoCloseable {
  private final Checkpoints checkpoints;
  private final DualEncoder model;
  private final Map<String, NDArray> beside;
  private final int every;
  private final SavingClock clock;
  private final ExecutorService writer;
  private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
  private @Nullable Snapshot last;
  private long saved;
  private volatile boolean failed;

  /**
   * Saves nothing yet.
   *
   * @param beside what checkpoints hold beside the weights
   */
  Saving(
      Checkpoints checkpoints,
      DualEncoder model,
      Map<String, NDArray> beside,
      TrainSettings settings) {
    this(
        checkpoints,
        model,
        beside,
        settings,
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("facet-saving").factory()));
  }

  /**
   * Saves nothing yet.
   *
   * @param writer of one thread, which it takes over
   */
  Saving(
      Checkpoints checkpoints,
      DualEncoder model,
      Map<String, NDArray> beside,
      TrainSettings settings,
      ExecutorService writer) {
    this.checkpoints = checkpoints;
    this.model = model;
    this.beside = beside;
    this.writer = writer;
    this.every = settings.checkpointEvery();
    this.clock = new SavingClock(settings.checkpointMinutes(), System::nanoTime);
  }

  /** Whether a step is one to save, by its number or by the clock. */
  boolean due(long step) {
    return (every > 0 && step % every == 0) || clock.due();
  }

  /** Told at which step the run goes on, which therefore is saved; 0 if it is to be saved again. */
  void goesOnFrom(long step) {
    saved = step;
  }

  /**
   * Begins to save a step.
   *
   * @param prune whether older checkpoints go once this one is there
   * @return false if it was saved already, or an attempt to save failed: the disk is still as full
   */
  boolean begin(TrainState state, boolean prune) {
    if (state.step() == 0 || state.step() == saved || failed) {
      return false;
    }
    saved = state.step();
    await();
    clock.saved();
    Snapshot snapshot = checkpoints.snapshot(model, beside, state, last);
    last = snapshot;
    writing = CompletableFuture.runAsync(() -> write(snapshot, state, prune), writer);
    return true;
  }

  private void write(Snapshot snapshot, TrainState state, boolean prune) {
    try {
      snapshot.write();
    } catch (RuntimeException | Error e) {
      failed = true;
      throw e;
    }
    if (prune) {
      checkpoints.prune(state);
    }
  }

  /** Throws the failure of what was being written, if it has failed by now. */
  void check() {
    if (writing.isDone()) {
      await();
    }
  }

  /** Waits until what was begun is on the disk, and throws its failure. */
  void await() {
    CompletableFuture<Void> begun = writing;
    try {
      begun.join();
    } catch (CompletionException e) {
      writing = CompletableFuture.completedFuture(null);
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw e;
      }
    }
  }

  /** Waits for the thread, whose failure was told or comes too late to be. */
  @Override
  public void close() {
    writer.close();
    if (last != null) {
      last.close();
    }
  }
}
