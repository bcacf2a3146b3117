package dev.facet.train;

import dev.facet.base.FixedOnResume;
import dev.facet.base.Inline;
import dev.facet.base.Range;
import dev.facet.model.adapt.WeightGroup;
import dev.facet.model.training.LossSettings;
import dev.facet.model.training.ObjectiveKind;
import dev.facet.train.best.BestSettings;
import dev.facet.train.guard.GuardSettings;
import dev.facet.train.schedule.RunLength;
import dev.facet.train.schedule.ScheduleSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a model is trained.
 *
 * @param batch pairs in a global batch
 * @param microBatch pairs that go through a replica at once; null is its share of the batch
 * @param replicas copies of the model in this process, one for each device; each has its share of
 *     every batch
 * @param length when the run ends
 * @param schedule how the learning rate changes
 * @param clipNorm limit of the global gradient norm; 0 is none
 * @param objective what is made smaller
 * @param loss what is asked of a contrastive loss
 * @param teacher folder of a model to learn from besides; null is none
 * @param logitScale where the logit scale starts; null is where the weights have it
 * @param maxLogitScale upper limit of the logit scale
 * @param maskIdenticalCaptions whether equal captions in a batch are left out as negatives, as
 *     equal pictures always are
 * @param checkpointEvery steps; 0 only at the end
 * @param keepCheckpoints newest ones kept beside the best
 * @param evalEvery steps; 0 only at the end
 * @param layerDecay what the learning rate is multiplied by from a layer to the next below; 1 is
 *     none
 * @param groups weights that learn at another rate or decay otherwise; the first that matches a
 *     weight counts
 * @param guard which steps are refused, and when the run goes back
 * @param checkpointMinutes between two checkpoints, besides those by steps; 0 is none
 * @param best which weights are the best, and when no better ones are waited for
 * @param ema decay of an average of the weights; 0 is none
 * @param tracking what other programs are told
 */
public record TrainSettings(
    @FixedOnResume @Range(min = 2, max = 1_048_576) int batch,
    @Range(min = 1, max = 1_048_576) @Nullable Integer microBatch,
    @Range(min = 1, max = 64) int replicas,
    @Inline RunLength length,
    @Inline AdamW adamW,
    @Inline ScheduleSettings schedule,
    @FixedOnResume @Range(min = 0, max = 1_000_000) double clipNorm,
    @FixedOnResume ObjectiveKind objective,
    @Inline LossSettings loss,
    @FixedOnResume @Nullable Path teacher,
    @FixedOnResume @Range(above = 0, max = 10_000) @Nullable Double logitScale,
    @FixedOnResume @Range(min = 1, max = 10_000) double maxLogitScale,
    @FixedOnResume boolean maskIdenticalCaptions,
    @Range(min = 0, max = 100_000_000) int checkpointEvery,
    @Range(min = 1, max = 1000) int keepCheckpoints,
    @Range(min = 0, max = 100_000_000) int evalEvery,
    @FixedOnResume @Range(above = 0, max = 1) double layerDecay,
    @FixedOnResume List<WeightGroup> groups,
    @Inline GuardSettings guard,
    @Range(min = 0, max = 1_000_000) double checkpointMinutes,
    @Inline BestSettings best,
    @FixedOnResume @Range(min = 0, below = 1) double ema,
    @Inline TrackingSettings tracking) {

  /** In how many parts a replica's share of a batch goes through it. */
  public int parts() {
    return microBatch == null ? 1 : batch / replicas / microBatch;
  }

  /** Pairs that go through a replica at once. */
  public int atOnce() {
    return batch / replicas / parts();
  }

  /**
   * The optimizer's numbers.
   *
   * @param lr peak learning rate
   * @param weightDecay on matrices
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param eps added to the denominator
   */
  public record AdamW(
      @FixedOnResume @Range(above = 0, max = 10) double lr,
      @FixedOnResume @Range(min = 0, max = 10) double weightDecay,
      @FixedOnResume @Range(min = 0, below = 1) double beta1,
      @FixedOnResume @Range(min = 0, below = 1) double beta2,
      @FixedOnResume @Range(above = 0, max = 1) double eps) {}
}
