package dev.facet.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.facet.model.adapt.Adaptation;
import dev.facet.model.ops.Ops;
import dev.facet.model.weights.TensorType;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * An image tower and a text tower that meet in one space of unit vectors. Every parameter carries
 * the name that the architecture's checkpoints give it.
 */
public abstract sealed class DualEncoder extends Layer implements AutoCloseable
    permits Clip, Siglip, Flip {
  private final Build build;
  private final NDManager manager;
  private final ParameterStore store;
  private final VisionTower vision;
  private final Encoder text;

  /** Passes of this step whose layers are still to be computed again. */
  private final List<Recomputed> pending = new ArrayList<>();

  DualEncoder(Build build, NDManager manager, VisionTower vision, Encoder text) {
    this.build = build;
    this.manager = manager;
    this.store = new ParameterStore(manager, false);
    this.vision = addChildBlock("vision", vision);
    this.text = addChildBlock("text", text);
  }

  /** A model with random weights. */
  public static DualEncoder random(Architecture config, ModelOptions options) {
    DualEncoder model = declare(config, options);
    model.initialize();
    return model;
  }

  /** A model without values yet; {@link #initialize} draws those that no checkpoint sets. */
  static DualEncoder declare(Architecture config, ModelOptions options) {
    NDManager manager = NDManager.newBaseManager(options.device().resolve(), "PyTorch");
    Build build = new Build(options, Init.of(options.seed()), new Noise());
    return switch (config) {
      case ClipConfig clip -> new Clip(clip, build, manager);
      case SiglipConfig siglip -> new Siglip(siglip, build, manager);
      case FlipConfig flip -> new Flip(flip, build, manager);
    };
  }

  void initialize() {
    for (Parameter parameter : getParameters().values()) {
      parameter.initialize(manager, DataType.FLOAT32);
    }
  }

  public abstract Architecture config();

  final VisionTower vision() {
    return vision;
  }

  final ParameterStore store() {
    return store;
  }

  /** How a checkpoint holds the weight of that name; all but a few are float32. */
  TensorType typeOf(String name) {
    return TensorType.F32;
  }

  final Encoder text() {
    return text;
  }

  final List<Encoder> towers() {
    return List.of(vision, text);
  }

  /**
   * Freezes weights and puts low-rank maps beside them. To be called once, before training.
   *
   * @throws dev.facet.base.FacetException where a pattern matches nothing, where nothing is left to
   *     train, or where weights that no checkpoint gave would never learn
   */
  public void adapt(Adaptation wanted) {
    Adapting.apply(this, wanted);
  }

  /** The manager that owns the weights; batches go to sub-managers of it. */
  public NDManager manager() {
    return manager;
  }

  /** Number of weights. */
  public long size() {
    return weights().values().stream().mapToLong(NDArray::size).sum();
  }

  /** Number of weights, adapters' among them, that learn. */
  public long trainedSize() {
    return trained().values().stream().mapToLong(NDArray::size).sum();
  }

  /** Where the model runs, in words for people. */
  public String device() {
    String libtorch = "libtorch " + Engine.getEngine("PyTorch").getVersion();
    return manager.getDevice().isGpu()
        ? manager.getDevice() + " (" + libtorch + ")"
        : "CPU, " + JniUtils.getNumThreads() + " threads (" + libtorch + ")";
  }

  /** All weights by Hugging Face name, in a fixed order; those under adapters without these. */
  public Map<String, NDArray> weights() {
    return arrays(parameter -> !Adapter.owns(parameter.getName()));
  }

  /** All weights with the adapters in them, as they go into files; copies belong to the scope. */
  public Map<String, NDArray> merged(NDManager scope) {
    Map<String, NDArray> weights = weights();
    for (Adapter adapter : Adapter.of(this)) {
      weights.computeIfPresent(
          adapter.module() + ".weight", (name, weight) -> adapter.merged(scope, weight));
    }
    return weights;
  }

  /** What learns, weights and adapters, by name. */
  public Map<String, NDArray> trained() {
    return arrays(Parameter::requiresGradient);
  }

  /** The factor on cosine similarities. */
  public abstract double logitScale();

  /**
   * Limits the logit scale, unless frozen, to [1, {@code max}], in place (Radford et al. 2021,
   * section 2.5); SigLIP's has no limit.
   */
  public abstract void clampLogitScale(NDManager scope, double max);

  /**
   * The loss that the architecture is trained with.
   *
   * @param images unit vectors [N, E]
   * @param texts unit vectors [N, E], row i belonging to image i
   * @param pairs [N, K] int64, K numbers for each pair, such as its picture's and its caption's, or
   *     [N] for one; pairs that agree in a number are no negatives of each other
   * @return scalar loss
   */
  public abstract NDArray loss(NDArray images, NDArray texts, NDArray pairs);

  /** Sets the random numbers of the training step to come, such as which patches are dropped. */
  public void startStep(long seed) {
    build.noise().start(seed);
    pending.clear();
  }

  /** Gradients of a loss for every trained weight. */
  public void backward(GradientCollector collector, NDArray loss) {
    collector.backward(loss);
    pending.forEach(Recomputed::backward);
    pending.clear();
  }

  /**
   * Normalises a loader's bytes on the model's device.
   *
   * @param images [N, S, S, 3] uint8
   * @param colour [N, 3, 4] float32
   * @return [N, 3, S, S] float32
   */
  public NDArray pixels(NDArray images, NDArray colour) {
    return Ops.get().pixels(images, colour);
  }

  /**
   * A loader's batch to unit vectors on the heap, N x E, without gradients: images [n, S, S, 3]
   * uint8 and colour [n, 3, 4] float32, both direct memory.
   */
  public float[] embedImages(ByteBuffer images, ByteBuffer colour, int n) {
    int side = config().imageSize();
    try (NDManager scope = manager.newSubManager()) {
      NDArray bytes = scope.create(images, new Shape(n, side, side, 3), DataType.UINT8);
      NDArray matrices = scope.create(colour, new Shape(n, 3, 4), DataType.FLOAT32);
      return encodeImages(Ops.inference(() -> pixels(bytes, matrices)), false).toFloatArray();
    }
  }

  /**
   * Captions to unit vectors on the heap, N x E, without gradients.
   *
   * @param tokens direct memory, [n, contextLength] int64
   */
  public float[] embedTexts(ByteBuffer tokens, int n) {
    try (NDManager scope = manager.newSubManager()) {
      return encodeTexts(scope, tokens, n, false).toFloatArray();
    }
  }

  /** Pixels [N, 3, S, S] float32 to unit vectors [N, E]. */
  public NDArray encodeImages(NDArray pixels, boolean training) {
    return encode(vision, pixels, training);
  }

  /**
   * Captions to unit vectors [N, E].
   *
   * @param tokens direct or heap memory, [rows, contextLength] int64 in native order
   */
  public NDArray encodeTexts(NDManager scope, ByteBuffer tokens, int rows, boolean training) {
    return encodeTexts(ids(scope, tokens, rows), training);
  }

  /**
   * A loader's captions as an array [N, T] int64. Columns that no caption of the batch is read from
   * are cut off.
   *
   * @param tokens direct or heap memory, [rows, contextLength] int64 in native order
   */
  public NDArray ids(NDManager scope, ByteBuffer tokens, int rows) {
    int length = config().contextLength();
    LongBuffer ids = tokens.asLongBuffer();
    int used = 1;
    for (int row = 0; row < rows; row++) {
      used = Math.max(used, used(ids, row * length, length));
    }
    NDArray all = scope.create(tokens, new Shape(rows, length), DataType.INT64);
    return used == length ? all : all.get(":, :" + used);
  }

  /** How many places of the caption at {@code from} change its feature. */
  abstract int used(LongBuffer ids, int from, int length);

  /** Token ids [N, T] int64 to unit vectors [N, E]. */
  public NDArray encodeTexts(NDArray ids, boolean training) {
    return encode(text, ids, training);
  }

  private NDArray encode(Encoder tower, NDArray input, boolean training) {
    // A tower that stays as it is runs as it will when it is used, and nothing is recorded.
    if (!training || !tower.learns()) {
      return Ops.inference(() -> features(tower, input, false));
    }
    if (!build.options().recompute()) {
      return features(tower, input, true);
    }
    Recomputed pass = new Recomputed(tower, store, input);
    pending.add(pass);
    return pass.features();
  }

  private NDArray features(Encoder tower, NDArray input, boolean training) {
    return Ops.get().unit(tower.forward(store, new NDList(input), training).head());
  }

  /** (pixels, ids) to (image features, text features), both of unit length. */
  @Override
  protected NDList forwardInternal(
      ParameterStore parameters,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    return new NDList(encodeImages(inputs.get(0), training), encodeTexts(inputs.get(1), training));
  }

  /**
   * Everything the model computes for a batch, under the names of reference files: features before
   * and after normalisation, logits, and what each block gives ({@code hidden.vision.1} and so on).
   *
   * @param pixels [N, 3, S, S] float32
   * @param ids [N, T] int64
   */
  public SequencedMap<String, NDArray> outputs(NDArray pixels, NDArray ids) {
    return Ops.inference(() -> Outputs.of(this, pixels, ids));
  }

  /** Scores of all pairs, [N, M], from unit vectors. */
  abstract NDArray logits(NDArray images, NDArray texts);

  /** Frees the weights. */
  @Override
  public void close() {
    manager.close();
  }
}
