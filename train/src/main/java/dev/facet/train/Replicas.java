package dev.facet.train;

import dev.facet.model.collective.Collective;
import dev.facet.model.collective.LocalReplicas;
import dev.facet.model.training.FusedAdamW;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The replicas of a model in this process. Each learns from its share of every global batch, on a
 * thread of its own, and all take the same step, so their weights stay the same, bit for bit. A
 * single one does without a thread.
 */
final class Replicas implements AutoCloseable {
  private final LocalReplicas meeting;
  private final List<ExecutorService> threads = new ArrayList<>();
  private final List<Learner> learners = new ArrayList<>();

  /**
   * Makes models ready to learn.
   *
   * @param seed of the run
   */
  Replicas(TrainSettings settings, List<Trainer.Replica> replicas, long seed) {
    int size = replicas.size();
    this.meeting = new LocalReplicas(size);
    for (int rank = 0; rank < size; rank++) {
      Collective others = size == 1 ? Collective.ALONE : meeting.of(rank);
      learners.add(new Learner(settings, replicas.get(rank), others, seed));
      if (size > 1) {
        threads.add(
            Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("facet-replica-" + rank).factory()));
      }
    }
  }

  /** The optimizer of the first; those of the others are the same. */
  FusedAdamW optimizer() {
    return learners.getFirst().optimizer();
  }

  /** Whether all weights are those after a step, not on their way to the next. */
  boolean whole() {
    return learners.stream().allMatch(Learner::whole);
  }

  /** Gives all what the first has learned. */
  void align() {
    together(
        learner -> {
          learner.align();
          return learner;
        });
  }

  /**
   * One step.
   *
   * @param batch at least two pairs
   * @param done steps before this one
   * @param epochs of training done so far, with the part of the current one
   * @param lr learning rate of this step
   * @param usable whether the step is taken; asked once
   */
  Learned learn(GlobalBatch batch, long done, double epochs, double lr, Predicate<Learned> usable) {
    return together(
        learner -> learner.learn(batch.shares().get(learner.rank()), done, epochs, lr, usable));
  }

  /** Returns what the first one gives, once all are at rest. */
  private <T> T together(Function<Learner, T> work) {
    List<CompletableFuture<T>> running =
        learners.stream()
            .map(
                learner ->
                    CompletableFuture.supplyAsync(() -> attempt(learner, work), thread(learner)))
            .toList();
    CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
        .exceptionally(failure -> null)
        .join();
    switch (meeting.failure()) {
      case null -> {}
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      case Throwable other -> throw new IllegalStateException(other);
    }
    return running.getFirst().join();
  }

  private Executor thread(Learner learner) {
    return threads.isEmpty() ? Runnable::run : threads.get(learner.rank());
  }

  private <T> T attempt(Learner learner, Function<Learner, T> work) {
    try {
      return work.apply(learner);
    } catch (Throwable e) {
      // The others wait for this one.
      meeting.fail(e);
      throw e;
    }
  }

  @Override
  public void close() {
    threads.forEach(ExecutorService::shutdown);
  }
}
