package dev.facet.model.flip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import dev.facet.model.ForwardPass;
import dev.facet.model.layers.Encoder;
import dev.facet.model.layers.ImageEncoder;
import dev.facet.model.layers.LayerSettings;
import dev.facet.model.layers.PostNormLayer;
import dev.facet.model.layers.Projection;
import dev.facet.model.layers.StepRandom;
import dev.facet.model.ops.FlipOps;
import dev.facet.model.ops.Ops;
import dev.facet.model.weights.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/**
 * FLIP, the model of FaceCaption-15M's authors (Dai et al. 2024), as they train it: ALBEF's
 * objective (Li et al. 2021, "Align before fuse") with CLIP's image tower and BERT. Compared by
 * unit vectors alone it is a dual encoder as any other; {@link Matching} is its second look.
 *
 * <p>{@link #contrastive} trains it contrastively. What only serves matching and the momentum
 * (weights of cross-attention, the matching head, the momentum encoders, the queue) gets no
 * gradient there and is kept as it is; {@link FlipPretraining} trains all of it.
 */
final class Flip extends FlipContrast {
  private final FlipConfig config;
  private final FlipVision vision;
  private final BertText text;
  private final Projection matchHead;
  private final MomentumEncoders memory;
  private boolean trainsMatching;

  Flip(FlipConfig config, LayerSettings settings, NDManager manager) {
    this(
        config,
        settings,
        manager,
        new FlipVision(config, settings, ""),
        new BertText(config, settings, ""));
  }

  private Flip(
      FlipConfig config,
      LayerSettings settings,
      NDManager manager,
      FlipVision vision,
      BertText text) {
    super(config, config, vision, text, settings, manager);
    this.config = config;
    this.vision = vision;
    this.text = text;
    matchHead = new Projection(this::weight, "itm_head", config.text().width(), 2, settings);
    memory = addChildBlock("memory", new MomentumEncoders(config, settings, vision, text));
    freezeMatching(true);
  }

  /** Whether the weights that only matching uses stay as they are. */
  private void freezeMatching(boolean frozen) {
    text.freezeParameters(frozen, each -> each.getName().contains(PostNormLayer.CROSS));
    matchHead.freeze(frozen);
  }

  /**
   * Lets the weights that only matching uses learn.
   *
   * @throws IllegalStateException if it is already decided what learns
   */
  void trainMatching() {
    if (!trainsMatching) {
      if (isSettled()) {
        throw new IllegalStateException("the objective must be known before the model is adapted");
      }
      freezeMatching(false);
      trainsMatching = true;
    }
  }

  /** Every size. */
  FlipConfig sizes() {
    return config;
  }

  MomentumEncoders memory() {
    return memory;
  }

  @Override
  public List<ImageEncoder> imageTowers() {
    return List.of(vision, memory.vision());
  }

  @Override
  public List<Encoder> textTowers() {
    return List.of(text, memory.text());
  }

  @Override
  public List<Parameter> jointWeights() {
    List<Parameter> weights = super.jointWeights();
    // Ids of a new queue are new as well.
    weights.addAll(memory.queue());
    return weights;
  }

  @Override
  public List<ForwardPass> passes() {
    List<ForwardPass> passes = new ArrayList<>(super.passes());
    passes.add(new ForwardPass("pairs", input -> matchLogits(input, input, false), trainsMatching));
    return passes;
  }

  /** Unit vectors [N, E] that the momentum image encoder gives, without gradients. */
  NDArray momentumImages(NDArray pixels) {
    return memory.imageFeature(store(), pixels);
  }

  /** Unit vectors [N, E] that the momentum text encoder gives, without gradients. */
  NDArray momentumTexts(NDArray ids) {
    return memory.textFeature(store(), ids);
  }

  /** Draws within a step of FLIP's own training; see {@link StepRandom#random}. */
  SplittableRandom random(long purpose) {
    return settings().random().random(purpose);
  }

  /** Whether gradient checkpointing is on. */
  boolean recomputes() {
    return settings().recompute();
  }

  @Override
  public TensorType typeOf(String name) {
    return MomentumEncoders.isWhole(name) ? TensorType.I64 : TensorType.F32;
  }

  /** Tokens of pictures, as captions attend to them: [N, 3, S, S] to [N, P, W]. */
  NDArray imageHidden(NDArray pixels, boolean training) {
    // A tower that stays as it is runs as it will when it is used, as in the base class.
    return training && vision.learns()
        ? vision.hidden(store(), pixels, true)
        : Ops.inference(() -> vision.hidden(store(), pixels, false));
  }

  /** Unit vectors [N, E] from tokens of pictures. */
  NDArray imageFeature(NDArray hidden, boolean training) {
    return Ops.get().unit(vision.feature(store(), hidden, training));
  }

  /** Captions read with pictures, row by row: [N, P, W] and ids [N, T] to [N, T, D]. */
  NDArray fuse(NDArray imageHidden, NDArray ids, boolean training) {
    return text.fuse(store(), imageHidden, ids, training);
  }

  /** No-match and match, [N, 2]. */
  NDArray matchLogits(NDArray imageHidden, NDArray ids, boolean training) {
    NDArray first = Ops.get().firstPosition(fuse(imageHidden, ids, training));
    return matchHead.of(store(), first, training);
  }

  /** Captions as training shows them to the matching head: their first token is [ENC]. */
  NDArray withEncoderToken(NDArray ids) {
    return FlipOps.get().replaceFirst(ids, config.encoderToken());
  }

  @Override
  protected FlipPretraining matching() {
    return new FlipPretraining(this);
  }

  @Override
  public SequencedMap<String, NDArray> outputs(NDArray pixels, NDArray ids) {
    SequencedMap<String, NDArray> outputs = super.outputs(pixels, ids);
    return Ops.inference(() -> FlipOutputs.of(this, pixels, ids, outputs));
  }
}
