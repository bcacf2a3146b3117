package dev.facet.model.ops;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.facet.model.torchscript.Archive;
import dev.facet.model.torchscript.ScriptModule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The fused tensor operations that the towers are made of, one Java method each; {@link
 * TrainingOps}, {@link SiglipOps} and {@link FlipOps} have the others. What they compute stands in
 * the {@code .py} files beside this class ({@link Source}). Gradients flow through them.
 *
 * <p>Weights stay float32; an operation that takes a {@link Precision} computes its matrix products
 * in that type and returns float32. Results belong to the manager of the first argument unless said
 * otherwise. Numbers travel in an array on the CPU, so reading them never waits for a GPU.
 */
public final class Ops {
  private static final Ops INSTANCE = new Ops();

  private static final ThreadLocal<long[]> BACKWARD = ThreadLocal.withInitial(() -> new long[1]);

  private final NDManager manager;

  /** Never closed; held because DJL frees a model that nobody holds. */
  private final Model module;

  private final PtSymbolBlock block;
  private final NDArray none;

  /**
   * What is handed over for {@link #none}, by name: an array has one name, which says where it
   * stands, and several threads call operations at once.
   */
  private final Map<String, NDArray> nones = new ConcurrentHashMap<>();

  private final Map<String, NDArray> markers = new ConcurrentHashMap<>();
  private final ThreadLocal<Boolean> prepared =
      ThreadLocal.withInitial(
          () -> {
            // Libtorch's own graph optimiser breaks on mixed types and recompiles for new shapes;
            // the switch belongs to each thread.
            JniUtils.setGraphExecutorOptimize(false);
            return true;
          });

  private Ops() {
    manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    LibtorchLog.quiet();
    none = manager.zeros(new Shape(0));
    try {
      ByteArrayOutputStream archive = new ByteArrayOutputStream();
      Archive.write(archive, "ops", ScriptModule.empty("Ops"), Source.get().text());
      module = Model.newInstance("ops", Device.cpu(), "PyTorch");
      module.load(new ByteArrayInputStream(archive.toByteArray()));
      block = (PtSymbolBlock) module.getBlock();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedModelException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Ops get() {
    return INSTANCE;
  }

  /** Runs operations without recording them for gradients. */
  public static <T> T inference(Supplier<T> forward) {
    return run(forward, false);
  }

  /** Runs operations and records them for gradients. */
  public static <T> T recording(Supplier<T> forward) {
    return run(forward, true);
  }

  /** Whether operations are recorded now, on this thread. */
  public static boolean records() {
    return JniUtils.isGradMode();
  }

  /** Gradients of a recorded result, given its own, for all that it depends on and that learns. */
  public static void backward(NDArray result, NDArray gradient) {
    long begin = System.nanoTime();
    JniUtils.backward((PtNDArray) result, (PtNDArray) gradient, false, false);
    BACKWARD.get()[0] += System.nanoTime() - begin;
  }

  /** Nanoseconds that this thread has spent on gradients since it began. */
  public static long backwardNanos() {
    return BACKWARD.get()[0];
  }

  private static <T> T run(Supplier<T> forward, boolean record) {
    boolean recording = JniUtils.isGradMode();
    JniUtils.setGradMode(record);
    try {
      return forward.get();
    } finally {
      JniUtils.setGradMode(recording);
    }
  }

  /**
   * Bytes to normalised pixels: {@code out[n,c,y,x] = colour[n,c,0..2] . rgb[n,y,x] +
   * colour[n,c,3]}.
   *
   * @param images [N, H, W, 3] uint8
   * @param colour [N, 3, 4] float32
   * @return [N, 3, H, W] float32
   */
  public NDArray pixels(NDArray images, NDArray colour) {
    return call("pixels", images, colour);
  }

  /**
   * Patches in row-major order, projected, behind a class token, plus position.
   *
   * @param pixels [N, 3, H, W]
   * @param weight [D, 3, P, P]
   * @param cls [D]
   * @param position [1 + H/P * W/P, D]
   * @return [N, 1 + H/P * W/P, D]
   */
  public NDArray embedPatches(
      NDArray pixels, NDArray weight, NDArray cls, NDArray position, Precision precision) {
    return call("embed_patches", pixels, weight, cls, position, precision.scalarType());
  }

  /**
   * Token embedding plus position.
   *
   * @param ids [N, T] int64
   * @param table [V, D]
   * @param position [at least T, D]
   */
  public NDArray embedTokens(NDArray ids, NDArray table, NDArray position) {
    return call("embed_tokens", ids, table, position);
  }

  /** Layer normalisation over the last axis. */
  public NDArray layerNorm(NDArray x, NDArray weight, NDArray bias, double eps) {
    return call("layer_norm", x, weight, bias, eps);
  }

  /**
   * One pre-norm transformer block: {@code y = x + attention(norm1(x)); y + mlp(norm2(y))}.
   *
   * @param x [N, T, D] float32
   * @param weights sixteen arrays: norm 1, query, key, value, out, norm 2, first and second linear
   *     map, each as weight and bias
   */
  public NDArray block(NDArray x, List<NDArray> weights, BlockShape shape) {
    return call(
        "block",
        x,
        weights,
        shape.heads,
        shape.causal,
        shape.activation.code(),
        shape.eps,
        shape.precision.scalarType());
  }

  /** The first position of each sequence: [N, T, D] to [N, D]. */
  public NDArray firstPosition(NDArray x) {
    return call("first_position", x);
  }

  /** The position of each row's first end-of-text token: [N, T, D] and ids [N, T] to [N, D]. */
  public NDArray eosPosition(NDArray x, NDArray ids, int eos) {
    return call("eos_position", x, ids, eos);
  }

  /** The first position of each row's highest id: [N, T, D] and ids [N, T] to [N, D]. */
  public NDArray highestPosition(NDArray x, NDArray ids) {
    return call("highest_position", x, ids);
  }

  /** {@code x . weight^T}: [N, D] and [E, D] to [N, E]. */
  public NDArray project(NDArray x, NDArray weight) {
    return call("project", x, weight);
  }

  /** Rows divided by their Euclidean length. */
  public NDArray unit(NDArray x) {
    return call("unit", x);
  }

  /**
   * Overwrites values in place. (DJL's own {@code set} would make the array share the buffer's
   * memory, which ends with the file it maps.)
   */
  public void assign(NDArray x, NDArray values) {
    run(values.getManager(), "assign", x, values);
  }

  /** A copy in memory that libtorch allocated, which fixes its alignment. */
  public NDArray copy(NDManager scope, NDArray x) {
    return callIn(scope, "copy", x);
  }

  /** A copy in the host's memory, wherever the array is. */
  public NDArray hostCopy(NDManager host, NDArray x) {
    return inference(() -> callIn(host, "host_copy", x));
  }

  /**
   * The first tokens of each row, then those of the given places.
   *
   * @param x [N, T, D]
   * @param places N rows of equal length
   * @param first tokens that stay
   */
  public NDArray keepTokens(NDArray x, long[] places, int first) {
    long rows = x.getShape().get(0);
    // The graph reads the places again in the backward pass, so they live as long as x's manager.
    NDArray index = x.getManager().create(places, new Shape(rows, places.length / rows));
    return call("keep_tokens", x, index, first);
  }

  /** {@code x . weight^T + bias}: [N, D] and [E, D] to [N, E]. */
  public NDArray project(NDArray x, NDArray weight, NDArray bias) {
    return call("project_biased", x, weight, bias);
  }

  /**
   * A position embedding for another grid, bicubic.
   *
   * @param table [first + own^2, D]
   * @param first rows before the grid's, which stay
   * @param side of the new grid
   * @param smooth whether to low-pass what shrinks
   * @return [first + side^2, D]
   */
  public NDArray resizePositions(NDArray table, int first, int side, boolean smooth) {
    return call("resize_positions", table, first, side, smooth);
  }

  /**
   * A table of positions [T, D] for another number of places: cut, or else linearly interpolated
   * behind the first {@code kept}, and extrapolated behind its last.
   */
  public NDArray stretchPositions(NDArray table, int kept, int places) {
    return call("stretch_positions", table, kept, places);
  }

  /** Rows as columns, in memory of their own: [N, M] to [M, N]. */
  public NDArray transposed(NDArray x) {
    return call("transposed", x);
  }

  /** What of a transformer block is no weight. */
  public record BlockShape(
      int heads, boolean causal, Activation activation, double eps, Precision precision) {}

  /**
   * A {@link #block} with low-rank maps beside its linear ones: each becomes {@code W x + b + scale
   * * B A dropout(x)} (Hu et al. 2022, "LoRA", section 4.1).
   */
  public NDArray adaptedBlock(NDArray x, List<NDArray> weights, LowRank low, BlockShape shape) {
    return low.drawing(
        () ->
            call(
                "adapted_block",
                x,
                weights,
                low.matrices(),
                low.scale(),
                low.dropout(),
                shape.heads,
                shape.causal,
                shape.activation.code(),
                shape.eps,
                shape.precision.scalarType()));
  }

  /**
   * Whole numbers that an operation reads one by one, where that never waits for a GPU.
   *
   * @param scope which they live as long as
   */
  public NDArray onCpu(NDManager scope, long[] values) {
    NDArray array = manager.create(values);
    array.attach(scope);
    return array;
  }

  /** Stands for an array that is not there. */
  public NDArray none() {
    return none;
  }

  /** {@code weight + scale * up . down}, in {@code scope}. */
  public NDArray merge(NDManager scope, NDArray weight, NDArray down, NDArray up, double scale) {
    return inference(() -> callIn(scope, "merge", weight, down, up, scale));
  }

  NDArray call(String function, NDArray first, Object... rest) {
    Object[] all = new Object[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return callIn(first.getManager(), function, all);
  }

  /** Calls a function that returns nothing: it changes arrays in place. */
  void run(NDManager scope, String function, Object... arguments) {
    inference(() -> callIn(scope, function, arguments)).close();
  }

  /** How many arrays are kept for ever. */
  int kept() {
    return manager.getManagedArrays().size();
  }

  /**
   * Arguments are arrays, lists of arrays, or numbers, which travel as one array. DJL reads from an
   * array's name whether it is in a list.
   */
  NDArray callIn(NDManager scope, String name, Object... arguments) {
    Function function = Source.get().function(name);
    function.check(arguments);
    if (Recording.ACTIVE.isBound()) {
      return Recording.ACTIVE.get().note(scope, function, arguments);
    }
    prepared.get();
    NDList inputs = new NDList();
    inputs.add(markers.computeIfAbsent(function.entry(), this::marker));
    double[] numbers = new double[arguments.length];
    int count = 0;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case NDArray array -> inputs.add(named(array, null));
        case List<?> list -> {
          for (Object each : list) {
            inputs.add(named((NDArray) each, "a" + i + "[]"));
          }
        }
        case Boolean truth -> numbers[count++] = truth ? 1 : 0;
        default -> numbers[count++] = ((Number) arguments[i]).doubleValue();
      }
    }
    try (NDArray packed = manager.create(Arrays.copyOf(numbers, count))) {
      if (count > 0) {
        inputs.add(named(packed, null));
      }
      NDArray result = IValueUtils.forward(block, inputs, true).head();
      result.attach(scope);
      return result;
    }
  }

  // Equal contents do not make an array this one.
  @SuppressWarnings("ReferenceEquality")
  private NDArray named(NDArray array, @Nullable String name) {
    if (array == none) {
      return nones.computeIfAbsent(String.valueOf(name), each -> none(name));
    }
    array.setName(name);
    return array;
  }

  private NDArray none(@Nullable String name) {
    NDArray array = manager.zeros(new Shape(0));
    array.setName(name);
    return array;
  }

  private NDArray marker(String function) {
    NDArray marker = manager.zeros(new Shape(), DataType.FLOAT32);
    marker.setName("module_method:" + function);
    return marker;
  }
}
