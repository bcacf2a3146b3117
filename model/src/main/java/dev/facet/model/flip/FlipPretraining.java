package dev.facet.model.flip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.facet.base.FacetException;
import dev.facet.model.DualEncoder;
import dev.facet.model.layers.StepRandom;
import dev.facet.model.ops.FlipOps;
import dev.facet.model.ops.Ops;
import dev.facet.model.training.InfoNce;
import dev.facet.model.training.Loss;
import dev.facet.model.training.LossSettings;
import dev.facet.model.training.MicroBatches;
import dev.facet.model.training.Objective;
import dev.facet.model.training.ObjectiveKind;
import dev.facet.model.training.TrainingBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * FLIP's training step, which is ALBEF's without its masked language model (Li et al. 2021, "Align
 * before fuse", sections 3.2 and 3.3): contrast over the batch and a queue, with targets partly
 * taken from momentum encoders (slow copies of the towers), and matching against hard negatives.
 * Needs one device.
 *
 * <p>Pairs of the same picture or caption are left out of the contrast, in the batch and in the
 * queue, as {@link InfoNce} leaves them out. The authors' pretraining writes ids into its queue and
 * reads them for matching only; ALBEF's retrieval training (model_retrieval.py) shares the targets
 * among all pairs of one picture, which with captions that half a data set has in common would ask
 * for thousands of right answers at once.
 */
public final class FlipPretraining implements Objective {
  /** The parts of the loss. */
  public static final String CONTRAST = "contrast";

  public static final String MATCHING = "matching";

  /** Of the momentum encoders (models/fflip_pretrain.py). */
  private static final double MOMENTUM = 0.995;

  /**
   * Largest share of the targets that the momentum encoders give, and the epochs until it is
   * reached.
   */
  private static final double ALPHA = 0.4;

  private static final double RAMP = 2;

  private static final double NO_LIMIT = Double.POSITIVE_INFINITY;

  /** Apart from what other draws of a step use; see {@link StepRandom}. */
  private static final int NEGATIVES = 2;

  /**
   * Both losses of a batch, scalars.
   *
   * @param contrast of similarities
   * @param matching of pairs read together
   */
  record Losses(NDArray contrast, NDArray matching) {
    /** Takes the gradients of what is trained, the sum of both. */
    Loss backward() {
      NDArray sum = contrast.add(matching);
      Ops.backward(sum, sum.onesLike());
      return new Loss(
          sum.getFloat(), Map.of(CONTRAST, contrast.getFloat(), MATCHING, matching.getFloat()));
    }
  }

  /** Chooses one place of a row by chances that add up to 1. */
  interface Choice {
    int of(float[] chances);
  }

  private final Flip model;

  FlipPretraining(Flip model) {
    if (model.recomputes()) {
      throw FacetException.usage(
          "gradient checkpointing serves contrastive training only: FLIP's own reads pictures and"
              + " captions together; switch one of the two off");
    }
    this.model = model;
  }

  /**
   * The training of a model, which is prepared for it.
   *
   * @throws FacetException if the model cannot be trained so
   */
  public static FlipPretraining of(DualEncoder model) {
    Objective objective = model.objective(ObjectiveKind.FLIP, LossSettings.PLAIN, null);
    objective.prepare();
    return (FlipPretraining) objective;
  }

  @Override
  public void prepare() {
    model.trainMatching();
  }

  @Override
  public Loss gradients(MicroBatches batch, long seed) {
    return gradients(
        batch,
        seed,
        (whole) -> losses(whole.pixels(), whole.ids(), whole.pairs(), alpha(whole.epochs())));
  }

  /** Hard negatives are looked for in the whole batch, and read again with it: it is one part. */
  private Loss gradients(MicroBatches batch, long seed, Function<TrainingBatch, Losses> losses) {
    if (batch.parts() > 1) {
      throw FacetException.usage(
          "train.micro_batch serves train.objective contrastive only: FLIP's own reads each picture"
              + " with captions from all of the batch; leave one of the two out");
    }
    model.startStep(seed, 0);
    try (NDManager scope = model.manager().newSubManager()) {
      return losses.apply(batch.part(scope, 0)).backward();
    }
  }

  /** The momentum encoders and the queue change with every loss. */
  @Override
  public boolean changesModel() {
    return true;
  }

  /**
   * An objective that every program computes alike: the share of the targets is given, and each
   * negative is the likeliest.
   */
  public Objective likeliest(double alpha) {
    return (batch, seed) ->
        gradients(
            batch,
            seed,
            whole ->
                losses(
                    whole.pixels(), whole.ids(), whole.pairs(), alpha, FlipPretraining::likeliest));
  }

  /**
   * The share of the contrast's targets that the momentum encoders give, as FLIP lets it grow
   * (pretrain.py).
   *
   * @param epochs done so far, with the part of the current one
   */
  static double alpha(double epochs) {
    return ALPHA * Math.min(1, epochs / RAMP);
  }

  /**
   * Moves the momentum encoders, computes the losses, and puts the batch into the queue.
   *
   * @param pixels [N, 3, S, S] float32
   * @param ids [N, T] int64
   * @param pairs [N, 2] int64, the picture's number and the caption's, or [N], one number: pairs
   *     that agree in one are no negatives of each other, neither in the contrast, over batch and
   *     queue, nor in matching
   * @param alpha see {@link #alpha}
   */
  Losses losses(NDArray pixels, NDArray ids, NDArray pairs, double alpha) {
    SplittableRandom random = model.random(NEGATIVES);
    return losses(pixels, ids, pairs, alpha, chances -> draw(chances, random.nextDouble()));
  }

  private static int likeliest(float[] chances) {
    int best = 0;
    for (int i = 1; i < chances.length; i++) {
      best = chances[i] > chances[best] ? i : best;
    }
    return best;
  }

  Losses losses(NDArray pixels, NDArray ids, NDArray pairs, double alpha, Choice choice) {
    long n = ids.getShape().get(0);
    MomentumEncoders memory = model.memory();
    if (n > memory.queueSize()) {
      throw FacetException.usage(
          "a batch of "
              + n
              + " does not fit the model's queue of "
              + memory.queueSize()
              + ": set train.batch to that or less, or train.objective=contrastive");
    }
    FlipOps ops = FlipOps.get();
    NDManager scope = pixels.getManager();
    model.clampLogitScale(scope, NO_LIMIT);
    NDArray hidden = model.imageHidden(pixels, true);
    NDArray images = model.imageFeature(hidden, true);
    NDArray texts = model.encodeTexts(ids, true);
    memory.follow(scope, MOMENTUM);
    NDArray slowImages = model.momentumImages(pixels);
    NDArray slowTexts = model.momentumTexts(ids);
    NDArray contrast =
        ops.distilledContrast(
            pairs,
            List.of(images, texts, slowImages, slowTexts),
            memory.earlier(),
            model.temperature(),
            alpha);
    memory.enqueue(slowImages, slowTexts, pairs);
    long[] otherTexts = negatives(images, texts, pairs, choice);
    long[] otherImages = negatives(texts, images, pairs, choice);
    return new Losses(contrast, matching(hidden, ids, otherImages, otherTexts));
  }

  /** For each row a place that is none of its own, or -1 if the batch has none. */
  private long[] negatives(NDArray own, NDArray others, NDArray pairs, Choice choice) {
    int n = (int) own.getShape().get(0);
    float[] chances =
        Ops.inference(() -> FlipOps.get().negativeChances(own, others, model.temperature(), pairs))
            .toFloatArray();
    long[] chosen = new long[n];
    for (int row = 0; row < n; row++) {
      float[] each = Arrays.copyOfRange(chances, row * n, (row + 1) * n);
      // Without any negative the softmax divides nothing by nothing.
      chosen[row] = Float.isNaN(each[row]) ? -1 : choice.of(each);
    }
    return chosen;
  }

  private static int draw(float[] chances, double at) {
    double sum = 0;
    int last = 0;
    for (int i = 0; i < chances.length; i++) {
      if (chances[i] > 0) {
        sum += chances[i];
        last = i;
        if (at < sum) {
          return i;
        }
      }
    }
    // The chances add up to a little less than 1.
    return last;
  }

  /** The right pairs, each caption with another picture, each picture with another caption. */
  private NDArray matching(NDArray hidden, NDArray ids, long[] otherImages, long[] otherTexts) {
    int n = otherTexts.length;
    List<long[]> pairs = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      pairs.add(new long[] {i, i});
    }
    for (int i = 0; i < n; i++) {
      if (otherImages[i] >= 0) {
        pairs.add(new long[] {otherImages[i], i});
      }
    }
    for (int i = 0; i < n; i++) {
      if (otherTexts[i] >= 0) {
        pairs.add(new long[] {i, otherTexts[i]});
      }
    }
    FlipOps ops = FlipOps.get();
    NDArray pictures =
        ops.rows(hidden.getManager(), hidden, pairs.stream().mapToLong(each -> each[0]).toArray());
    NDArray captions =
        ops.rows(ids.getManager(), ids, pairs.stream().mapToLong(each -> each[1]).toArray());
    NDArray logits = model.matchLogits(pictures, model.withEncoderToken(captions), true);
    return ops.matchLoss(logits, n);
  }
}
