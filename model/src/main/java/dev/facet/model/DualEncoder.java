package dev.facet.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.facet.base.FacetException;
import dev.facet.model.cuda.CudaUse;
import dev.facet.model.layers.Adapter;
import dev.facet.model.layers.Encoder;
import dev.facet.model.layers.GradientCheckpointing;
import dev.facet.model.layers.ImageEncoder;
import dev.facet.model.layers.LayerSettings;
import dev.facet.model.layers.NamedBlock;
import dev.facet.model.layers.SeededInit;
import dev.facet.model.layers.StepRandom;
import dev.facet.model.ops.Ops;
import dev.facet.model.training.Contrastive;
import dev.facet.model.training.LossSettings;
import dev.facet.model.training.Objective;
import dev.facet.model.training.ObjectiveKind;
import dev.facet.model.training.Teacher;
import dev.facet.model.training.Trainable;
import dev.facet.model.weights.TensorType;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * An image tower and a text tower that meet in one space of unit vectors. Every parameter carries
 * the name that the architecture's checkpoints give it.
 */
public abstract class DualEncoder extends NamedBlock implements Trainable, AutoCloseable {
  private final LayerSettings settings;
  private final NDManager manager;
  private final ParameterStore store;
  private final Architecture config;
  private final ImageEncoder vision;
  private final Encoder text;

  /** Passes of this step whose layers are still to be computed again, by what they gave. */
  private final IdentityHashMap<NDArray, GradientCheckpointing> pending = new IdentityHashMap<>();

  private boolean settled;

  // Blocks of DJL declare their parts while they are made.
  @SuppressWarnings("this-escape")
  protected DualEncoder(
      Architecture config,
      LayerSettings settings,
      NDManager manager,
      ImageEncoder vision,
      Encoder text) {
    this.config = config;
    this.settings = settings;
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
  public static DualEncoder declare(Architecture config, ModelOptions options) {
    LayerSettings settings =
        new LayerSettings(
            options.precision(),
            options.recompute(),
            options.patchDropout(),
            SeededInit.of(options.seed()),
            new StepRandom());
    return config.declare(
        settings, NDManager.newBaseManager(options.device().resolve(options.replica()), "PyTorch"));
  }

  /** Gives values to all weights that have none yet. */
  public final void initialize() {
    for (Parameter parameter : getParameters().values()) {
      parameter.initialize(manager, DataType.FLOAT32);
    }
  }

  public final Architecture config() {
    return config;
  }

  public final ImageEncoder vision() {
    return vision;
  }

  public final Encoder text() {
    return text;
  }

  public final List<Encoder> towers() {
    return List.of(vision, text);
  }

  /** The image tower, and others of its shape that training keeps beside it. */
  public List<ImageEncoder> imageTowers() {
    return List.of(vision);
  }

  /** The text tower, and others of its shape that training keeps beside it. */
  public List<Encoder> textTowers() {
    return List.of(text);
  }

  /** Weights whose shape depends on the width of the joint space. */
  public List<Parameter> jointWeights() {
    List<Parameter> weights = new ArrayList<>();
    imageTowers().forEach(tower -> weights.addAll(tower.projection()));
    textTowers().forEach(tower -> weights.addAll(tower.projection()));
    return weights;
  }

  /** Low-rank maps that stand beside linear ones. */
  public final List<Adapter> adapters() {
    return towers().stream()
        .flatMap(tower -> tower.blocks().stream())
        .flatMap(block -> block.adapters().stream())
        .toList();
  }

  @Override
  public final Map<String, Integer> depths() {
    Map<String, Integer> depths = new HashMap<>();
    towers().forEach(tower -> depths.putAll(tower.depths()));
    return depths;
  }

  protected final ParameterStore store() {
    return store;
  }

  protected final LayerSettings settings() {
    return settings;
  }

  /** How a checkpoint holds the weight of that name; all but a few are float32. */
  public TensorType typeOf(String name) {
    return TensorType.F32;
  }

  /** Says that it is now decided which weights learn; an objective may not add to them any more. */
  public final void settle() {
    settled = true;
  }

  protected final boolean isSettled() {
    return settled;
  }

  /**
   * What training is to make smaller.
   *
   * @throws FacetException if the model cannot be trained so
   */
  public final Objective objective(
      ObjectiveKind kind, LossSettings settings, @Nullable Teacher teacher) {
    return switch (kind) {
      case CONTRASTIVE -> contrastive(settings, teacher);
      case FLIP -> matching();
    };
  }

  /** The contrastive objective of the architecture's authors. */
  public final Contrastive contrastive() {
    return contrastive(LossSettings.PLAIN, null);
  }

  /** The contrastive objective of the architecture's authors, with what is asked for beside. */
  public abstract Contrastive contrastive(LossSettings settings, @Nullable Teacher teacher);

  /** FLIP's own objective, for models that read pictures and captions together. */
  protected Objective matching() {
    throw FacetException.usage(
        "a "
            + config().type()
            + " model cannot be trained as FLIP is: it has no matching"
            + " head");
  }

  /** What the self-check runs: both towers, and whatever else of the model training calls. */
  public List<ForwardPass> passes() {
    ForwardPass captions =
        new ForwardPass("captions", input -> encodeTexts(input, false), text.learns());
    return vision.computes()
        ? List.of(
            new ForwardPass("pictures", input -> encodeImages(input, false), vision.learns()),
            captions)
        : List.of(captions);
  }

  @Override
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
    if (manager.getDevice().isGpu()) {
      return manager.getDevice() + " (" + libtorch + ")";
    }
    String idle = CudaUse.get().idle();
    return "CPU, "
        + JniUtils.getNumThreads()
        + " threads ("
        + libtorch
        + ")"
        + (idle == null ? "" : "; " + idle);
  }

  /** All weights and adapters by name, each by itself. */
  public Map<String, NDArray> weightsAndAdapters() {
    return arrays(parameter -> true);
  }

  /** All weights by Hugging Face name, in a fixed order; those under adapters without these. */
  public Map<String, NDArray> weights() {
    return arrays(parameter -> !Adapter.owns(parameter.getName()));
  }

  /** All weights with the adapters in them, as they go into files; copies belong to the scope. */
  public Map<String, NDArray> merged(NDManager scope) {
    Map<String, NDArray> weights = weights();
    for (Adapter adapter : adapters()) {
      weights.computeIfPresent(
          adapter.module() + ".weight", (name, weight) -> adapter.merged(scope, weight));
    }
    return weights;
  }

  @Override
  public Map<String, NDArray> trained() {
    return arrays(Parameter::requiresGradient);
  }

  /** The factor on cosine similarities. */
  public abstract double logitScale();

  /** Sets the factor on cosine similarities, whether it learns or not. */
  public final void startLogitScale(double scale) {
    Parameter parameter = scaleWeight();
    try (NDManager scope = manager.newSubManager()) {
      float value = (float) scaleValue(scale);
      Ops.get().assign(parameter.getArray(), scope.full(parameter.getShape(), value));
    }
  }

  /** The weight that stands for the factor on cosine similarities. */
  protected abstract Parameter scaleWeight();

  /** What that weight is for a factor: its logarithm, unless it is a temperature. */
  protected double scaleValue(double factor) {
    return Math.log(factor);
  }

  /**
   * Limits the logit scale, unless frozen, to [1, {@code max}], in place (Radford et al. 2021,
   * section 2.5); SigLIP's has no limit.
   */
  public abstract void clampLogitScale(NDManager scope, double max);

  @Override
  public boolean learnsFromImages() {
    return vision.learns();
  }

  @Override
  public boolean learnsFromTexts() {
    return text.learns();
  }

  @Override
  public void startStep(long seed, long firstRow) {
    settings.random().start(seed, firstRow);
    pending.clear();
  }

  @Override
  public void backward(NDArray features, NDArray gradient) {
    GradientCheckpointing pass = pending.remove(features);
    if (pass == null) {
      Ops.backward(features, gradient);
    } else {
      pass.backward(gradient);
    }
  }

  /**
   * A loader's pictures, normalised on the model's device.
   *
   * @param images [n, S, S, 3] uint8, or stored vectors [n, W] float32; direct memory
   * @param colour [n, 3, 4] float32, direct memory
   * @return [n, 3, S, S], or [n, W], float32
   */
  public NDArray pixels(NDManager scope, ByteBuffer images, ByteBuffer colour, int n) {
    return vision.batch(scope, images, colour, n);
  }

  /**
   * A loader's batch to unit vectors on the heap, N x E, without gradients; see {@link #pixels}.
   */
  public float[] embedImages(ByteBuffer images, ByteBuffer colour, int n) {
    try (NDManager scope = manager.newSubManager()) {
      return encodeImages(Ops.inference(() -> pixels(scope, images, colour, n)), false)
          .toFloatArray();
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

  @Override
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
  protected abstract int used(LongBuffer ids, int from, int length);

  @Override
  public NDArray encodeTexts(NDArray ids, boolean training) {
    return encode(text, ids, training);
  }

  private NDArray encode(Encoder tower, NDArray input, boolean training) {
    // A tower that stays as it is runs as it will when it is used, and nothing is recorded.
    if (!training || !tower.learns()) {
      return Ops.inference(() -> features(tower, input, false));
    }
    if (!settings.recompute() || !Ops.records() || tower.blocks().isEmpty()) {
      return features(tower, input, true);
    }
    GradientCheckpointing pass = new GradientCheckpointing(tower, store, input);
    pending.put(pass.features(), pass);
    return pass.features();
  }

  private NDArray features(Encoder tower, NDArray input, boolean training) {
    return tower.compared(tower.forward(store, new NDList(input), training).head());
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
  protected abstract NDArray logits(NDArray images, NDArray texts);

  /** Frees the weights. */
  @Override
  public void close() {
    manager.close();
  }
}
