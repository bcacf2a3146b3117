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
import dev.facet.model.ops.Ops;
import dev.facet.model.ops.Precision;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CLIP: an image tower and a text tower that meet in one space of unit vectors, and a learned logit
 * scale (its logarithm is the parameter).
 */
public final class DualEncoder extends Layer implements AutoCloseable {
  private final ClipConfig config;
  private final NDManager manager;
  private final ParameterStore store;
  private final VisionTower vision;
  private final TextTower text;
  private final Parameter logitScale;

  private DualEncoder(ClipConfig config, NDManager manager, Precision precision, long seed) {
    this.config = config;
    this.manager = manager;
    this.store = new ParameterStore(manager, false);
    Init init = new Init(seed, 0, 0);
    vision = addChildBlock("vision", new VisionTower(config, precision, init));
    text = addChildBlock("text", new TextTower(config, precision, init));
    // The temperature starts at 0.07 (Radford et al. 2021, section 2.5).
    logitScale = weight("logit_scale", init.constant(Math.log(1 / 0.07)));
  }

  /** A model with random weights drawn from {@code seed}. */
  public static DualEncoder random(
      ClipConfig config, DeviceChoice device, Precision precision, long seed) {
    DualEncoder model = declare(config, device, precision, seed);
    model.initialize();
    return model;
  }

  /** A model without values yet; {@link #initialize} draws those that no checkpoint sets. */
  static DualEncoder declare(
      ClipConfig config, DeviceChoice device, Precision precision, long seed) {
    NDManager manager = NDManager.newBaseManager(device.resolve(), "PyTorch");
    return new DualEncoder(config, manager, precision, seed);
  }

  void initialize() {
    for (Parameter parameter : getParameters().values()) {
      parameter.initialize(manager, DataType.FLOAT32);
    }
  }

  public ClipConfig config() {
    return config;
  }

  /** The manager that owns the weights; batches go to sub-managers of it. */
  public NDManager manager() {
    return manager;
  }

  /** Number of weights. */
  public long size() {
    return weights().values().stream().mapToLong(NDArray::size).sum();
  }

  /** Where the model runs, in words for people. */
  public String device() {
    String libtorch = "libtorch " + Engine.getEngine("PyTorch").getVersion();
    return manager.getDevice().isGpu()
        ? manager.getDevice() + " (" + libtorch + ")"
        : "CPU, " + JniUtils.getNumThreads() + " threads (" + libtorch + ")";
  }

  /** All weights by Hugging Face name, in a fixed order. */
  public Map<String, NDArray> weights() {
    Map<String, NDArray> weights = new LinkedHashMap<>();
    for (Parameter parameter : getParameters().values()) {
      weights.put(parameter.getName(), parameter.getArray());
    }
    return weights;
  }

  /** The logarithm of the logit scale, a scalar. */
  public NDArray logitScale() {
    return logitScale.getArray();
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
   * A loader's batch to unit vectors on the heap, N x E, without gradients.
   *
   * @param images direct memory, [n, S, S, 3] uint8
   * @param colour direct memory, [n, 3, 4] float32
   */
  public float[] embedImages(ByteBuffer images, ByteBuffer colour, int n) {
    int side = config.imageSize();
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
   * <p>Attention is causal and a caption is read at its first end token, so columns in which every
   * caption has already ended change nothing: they are cut off. Face captions fill a third of
   * CLIP's 77 places.
   *
   * @param tokens direct or heap memory, [rows, contextLength] int64 in native order
   */
  public NDArray encodeTexts(NDManager scope, ByteBuffer tokens, int rows, boolean training) {
    int length = config.contextLength();
    LongBuffer ids = tokens.asLongBuffer();
    int used = longest(ids, rows, length);
    NDArray all = scope.create(tokens, new Shape(rows, length), DataType.INT64);
    return encodeTexts(used == length ? all : all.get(":, :" + used), training);
  }

  /** Places up to the last of the first end tokens. */
  private int longest(LongBuffer ids, int rows, int length) {
    int used = 1;
    for (int row = 0; row < rows; row++) {
      int place = 0;
      while (place < length - 1 && ids.get(row * length + place) != config.eosToken()) {
        place++;
      }
      used = Math.max(used, place + 1);
    }
    return used;
  }

  /** Token ids [N, T] int64 to unit vectors [N, E]. */
  public NDArray encodeTexts(NDArray ids, boolean training) {
    return encode(text, ids, training);
  }

  private NDArray encode(Layer tower, NDArray input, boolean training) {
    return training
        ? Ops.get().unit(tower.forward(store, new NDList(input), true).head())
        : Ops.inference(
            () -> Ops.get().unit(tower.forward(store, new NDList(input), false).head()));
  }

  /** Limits the logit scale to [1, {@code max}], in place (Radford et al. 2021, section 2.5). */
  public void clampLogitScale(NDManager scope, double max) {
    Ops.get().clamp(scope, logitScale(), 0, Math.log(max));
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

  /** Frees the weights. */
  @Override
  public void close() {
    manager.close();
  }
}
