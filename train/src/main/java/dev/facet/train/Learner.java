package dev.facet.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.facet.eval.log.StepTime;
import dev.facet.model.DualEncoder;
import dev.facet.model.adapt.WeightGroups;
import dev.facet.model.collective.Collective;
import dev.facet.model.collective.SharedGradients;
import dev.facet.model.training.FusedAdamW;
import dev.facet.model.training.Loss;
import dev.facet.model.training.MicroBatches;
import dev.facet.model.training.Objective;
import dev.facet.model.training.TrainingBatch;
import dev.facet.model.training.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Turns a replica's share of a global batch into a step: loss, gradients, update. Gradients are
 * those of the global batch before they are used, so all replicas take the same step.
 */
final class Learner {
  private final TrainSettings settings;
  private final DualEncoder model;
  private final Collective replicas;
  private final long seed;
  private final Objective objective;
  private final TrainingStep step;
  private final SharedGradients gradients;
  private final FusedAdamW optimizer;
  private boolean whole = true;
  private long copyNanos;

  /**
   * Makes a model ready to learn.
   *
   * @param replicas the others
   * @param seed of the run
   */
  Learner(TrainSettings settings, Trainer.Replica own, Collective replicas, long seed) {
    this.settings = settings;
    this.model = own.model();
    this.replicas = replicas;
    this.seed = seed;
    this.objective = model.objective(settings.objective(), settings.loss(), own.teacher());
    // May decide which weights learn, so it comes before the optimizer.
    objective.prepare();
    this.step = new TrainingStep(objective);
    this.gradients = new SharedGradients(replicas, model.trained().values());
    TrainSettings.AdamW adamW = settings.adamW();
    this.optimizer =
        new FusedAdamW(
            model,
            adamW.beta1(),
            adamW.beta2(),
            adamW.eps(),
            settings.layerDecay(),
            WeightGroups.of(model, settings.groups(), adamW.lr()));
  }

  int rank() {
    return replicas.rank();
  }

  FusedAdamW optimizer() {
    return optimizer;
  }

  /** Takes over the weights and the optimizer's state of the replica of rank 0. */
  void align() {
    List<NDArray> all = new ArrayList<>(model.weightsAndAdapters().values());
    all.addAll(optimizer.state().values());
    replicas.copyFirst(all);
  }

  /** Whether the weights are those after a step, not on their way to the next. */
  boolean whole() {
    return whole;
  }

  /**
   * One step.
   *
   * @param share of a batch of at least two pairs
   * @param done steps before this one
   * @param epochs of training done so far, with the part of the current one
   * @param lr learning rate of this step
   * @param usable whether the step is taken; if not, the gradients are forgotten
   */
  Learned learn(
      GlobalBatch.Share share, long done, double epochs, double lr, Predicate<Learned> usable) {
    try (NDManager scope = model.manager().newSubManager()) {
      whole = !objective.changesModel();
      long begin = System.nanoTime();
      copyNanos = 0;
      Loss loss = step.gradients(arrays(share, epochs), seed + done);
      long passed = System.nanoTime();
      gradients.sum();
      Learned learned =
          new Learned(
              loss.total(), optimizer.clipGradients(scope, settings.clipNorm()), StepTime.NONE);
      // The first decides for all; where one fails before this, no replica has changed.
      boolean taken = replicas.sum(rank() == 0 && usable.test(learned) ? 1 : 0)[0] > 0;
      if (taken) {
        whole = false;
        optimizer.step(scope, done + 1, lr, settings.adamW().weightDecay());
        model.clampLogitScale(scope, settings.maxLogitScale());
      } else {
        optimizer.forget(scope);
      }
      whole = true;
      long backward = step.backwardNanos();
      long forward = passed - begin - copyNanos - backward;
      return learned.with(StepTime.of(copyNanos, forward, backward, System.nanoTime() - passed));
    }
  }

  private MicroBatches arrays(GlobalBatch.Share share, double epochs) {
    return new MicroBatches() {
      @Override
      public int parts() {
        return share.parts().size();
      }

      @Override
      public Collective replicas() {
        return replicas;
      }

      @Override
      public long first() {
        return share.first();
      }

      @Override
      public TrainingBatch part(NDManager scope, int i) {
        long begin = System.nanoTime();
        TrainingBatch part = arrays(share.parts().get(i), scope, epochs);
        copyNanos += System.nanoTime() - begin;
        return part;
      }
    };
  }

  private TrainingBatch arrays(GlobalBatch.Part part, NDManager scope, double epochs) {
    int n = part.size();
    NDArray both = scope.create(part.pairIds(), new Shape(n, 2), DataType.INT64);
    return new TrainingBatch(
        model.pixels(scope, part.images(), part.colour(), n),
        model.ids(scope, part.tokens(), n),
        settings.maskIdenticalCaptions() ? both : both.get(":, 0"),
        epochs);
  }
}
