package dev.facet.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.facet.model.DualEncoder;
import dev.facet.model.adapt.WeightGroups;
import dev.facet.model.training.FusedAdamW;
import dev.facet.model.training.Loss;
import dev.facet.model.training.MicroBatches;
import dev.facet.model.training.Objective;
import dev.facet.model.training.Teacher;
import dev.facet.model.training.TrainingBatch;
import dev.facet.model.training.TrainingStep;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Turns a global batch into a step: loss, gradients, update. */
final class Learner {
  private final TrainSettings settings;
  private final DualEncoder model;
  private final long seed;
  private final Objective objective;
  private final TrainingStep gradients;
  private final FusedAdamW optimizer;
  private boolean whole = true;

  /**
   * Makes a model ready to learn.
   *
   * @param teacher to learn from besides; null without one
   * @param seed of the run
   */
  Learner(TrainSettings settings, DualEncoder model, @Nullable Teacher teacher, long seed) {
    this.settings = settings;
    this.model = model;
    this.seed = seed;
    this.objective = model.objective(settings.objective(), settings.loss(), teacher);
    // May decide which weights learn, so it comes before the optimizer.
    objective.prepare();
    this.gradients = new TrainingStep(objective);
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

  FusedAdamW optimizer() {
    return optimizer;
  }

  /** Whether the weights are those after a step, not on their way to the next. */
  boolean whole() {
    return whole;
  }

  /**
   * One step.
   *
   * @param batch at least two pairs
   * @param done steps before this one
   * @param epochs of training done so far, with the part of the current one
   * @param lr learning rate of this step
   * @param usable whether the step is taken; if not, the gradients are forgotten
   */
  Learned learn(
      GlobalBatch batch, long done, double epochs, double lr, Predicate<Learned> usable) {
    try (NDManager scope = model.manager().newSubManager()) {
      whole = !objective.changesModel();
      Loss loss = gradients.gradients(arrays(batch, epochs), seed + done);
      Learned learned =
          new Learned(loss.total(), optimizer.clipGradients(scope, settings.clipNorm()));
      if (usable.test(learned)) {
        whole = false;
        optimizer.step(scope, done + 1, lr, settings.adamW().weightDecay());
        model.clampLogitScale(scope, settings.maxLogitScale());
      } else {
        optimizer.forget(scope);
      }
      whole = true;
      return learned;
    }
  }

  private MicroBatches arrays(GlobalBatch batch, double epochs) {
    return new MicroBatches() {
      @Override
      public int parts() {
        return batch.parts().size();
      }

      @Override
      public TrainingBatch part(NDManager scope, int i) {
        return arrays(batch.parts().get(i), scope, epochs);
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
