package dev.facet.model.ops;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.facet.model.torchscript.Archive;
import dev.facet.model.torchscript.ScriptModule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The fused tensor operations of {@code ops.py}, one Java method each. Gradients flow through all
 * of them but the in-place ones ({@link #clipGradients}, {@link #adamW}, {@link #clamp}).
 *
 * <p>Weights stay float32; an operation that takes a {@link Precision} computes its matrix products
 * in that type and returns float32. Results belong to the manager of the first argument unless said
 * otherwise. Numbers travel as CPU scalars, so reading them never waits for a GPU.
 */
public final class Ops {
  private static final Ops INSTANCE = new Ops();

  private final NDManager manager;

  /** Never closed; held because DJL frees a model that nobody holds. */
  private final Model module;

  private final PtSymbolBlock block;
  private final NDArray none;
  private final Map<String, NDArray> markers = new ConcurrentHashMap<>();
  private final Map<Number, NDArray> scalars = new ConcurrentHashMap<>();
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
    none = manager.zeros(new Shape(0));
    try {
      ByteArrayOutputStream archive = new ByteArrayOutputStream();
      Archive.write(archive, "ops", ScriptModule.empty("Ops"), OpsSource.text());
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
    boolean recording = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
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
    return call("embed_patches", pixels, weight, cls, position, precision.scalar(this));
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
    return call("layer_norm", x, weight, bias, scalar(eps));
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
        scalar(shape.heads),
        scalar(shape.causal ? 1 : 0),
        scalar(shape.activation.code()),
        scalar(shape.eps),
        shape.precision.scalar(this));
  }

  /** The first position of each sequence: [N, T, D] to [N, D]. */
  public NDArray firstPosition(NDArray x) {
    return call("first_position", x);
  }

  /** The position of each row's first end-of-text token: [N, T, D] and ids [N, T] to [N, D]. */
  public NDArray eosPosition(NDArray x, NDArray ids, int eos) {
    return call("eos_position", x, ids, scalar(eos));
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
   * Which pairs serve as negatives: all but those of equal id.
   *
   * @param ids [N] int64
   * @return [N, N] bool, true where ids differ and on the diagonal
   */
  public NDArray distinct(NDArray ids) {
    return call("distinct", ids);
  }

  /** See {@link dev.facet.model.InfoNce}. */
  public NDArray infoNce(NDArray images, NDArray texts, NDArray logitScale, NDArray negatives) {
    return call("info_nce", images, texts, logitScale, negatives);
  }

  /**
   * Scales all gradients, in place, so that their global norm is at most {@code limit} (Pascanu et
   * al. 2013, "On the difficulty of training recurrent neural networks", section 3.2). Parameters
   * that no gradient has reached are passed over.
   *
   * @param limit 0 leaves them as they are
   * @return the norm before, a scalar in {@code scope}
   */
  public NDArray clipGradients(NDManager scope, List<NDArray> parameters, double limit) {
    return inference(() -> callIn(scope, "clip_gradients", parameters, scalar(limit)));
  }

  /**
   * One AdamW step in place (Loshchilov and Hutter 2019, "Decoupled weight decay regularization",
   * algorithm 2), then gradients to zero. All lists run in parallel; parameters that no gradient
   * has reached are passed over.
   *
   * @param step number of this step, from 1
   */
  public void adamW(
      NDManager scope,
      List<NDArray> parameters,
      List<NDArray> firstMoments,
      List<NDArray> secondMoments,
      long step,
      AdamWRates rates) {
    try (NDArray number = scope.create((float) step);
        NDArray values = manager.create(rates.asArray())) {
      inference(
              () -> callIn(scope, "adamw", parameters, firstMoments, secondMoments, number, values))
          .close();
    }
  }

  /** Limits values in place. */
  public void clamp(NDManager scope, NDArray x, double low, double high) {
    inference(() -> callIn(scope, "clamp", x, scalar(low), scalar(high))).close();
  }

  /**
   * Overwrites values in place. (DJL's own {@code set} would make the array share the buffer's
   * memory, which ends with the file it maps.)
   */
  public void assign(NDArray x, NDArray values) {
    inference(() -> callIn(values.getManager(), "assign", x, values)).close();
  }

  /** A copy in memory that libtorch allocated, which fixes its alignment. */
  public NDArray copy(NDManager scope, NDArray x) {
    return callIn(scope, "copy", x);
  }

  /**
   * Patches in row-major order, projected, plus position.
   *
   * @param pixels [N, 3, H, W]
   * @param weight [D, 3, P, P]
   * @param bias [D]
   * @param position [H/P * W/P, D]
   * @return [N, H/P * W/P, D]
   */
  public NDArray embedGrid(
      NDArray pixels, NDArray weight, NDArray bias, NDArray position, Precision precision) {
    return call("embed_grid", pixels, weight, bias, position, precision.scalar(this));
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
    return call("keep_tokens", x, index, scalar(first));
  }

  /**
   * One learned query attends to all tokens, then a residual map: [N, T, D] to [N, D].
   *
   * @param weights eleven arrays: query [1, 1, D], fused query, key and value [3D, D], out, norm,
   *     first and second linear map, all but the query as weight and bias
   */
  public NDArray attentionPool(
      NDArray x,
      List<NDArray> weights,
      int heads,
      Activation activation,
      double eps,
      Precision precision) {
    return call(
        "attention_pool",
        x,
        weights,
        scalar(heads),
        scalar(activation.code()),
        scalar(eps),
        precision.scalar(this));
  }

  /** The last position of each sequence: [N, T, D] to [N, D]. */
  public NDArray lastPosition(NDArray x) {
    return call("last_position", x);
  }

  /** {@code x . weight^T + bias}: [N, D] and [E, D] to [N, E]. */
  public NDArray project(NDArray x, NDArray weight, NDArray bias) {
    return call("project_biased", x, weight, bias);
  }

  /** See {@link dev.facet.model.SigmoidLoss}. */
  public NDArray sigmoid(
      NDArray images, NDArray texts, NDArray logitScale, NDArray logitBias, NDArray negatives) {
    return call("sigmoid_loss", images, texts, logitScale, logitBias, negatives);
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
    return call("resize_positions", table, scalar(first), scalar(side), scalar(smooth ? 1 : 0));
  }

  /** Rows as columns, in memory of their own: [N, M] to [M, N]. */
  public NDArray transposed(NDArray x) {
    return call("transposed", x);
  }

  /** The numbers of one AdamW step. */
  public record AdamWRates(double lr, double beta1, double beta2, double decay, double eps) {
    double[] asArray() {
      return new double[] {lr, beta1, beta2, decay, eps};
    }
  }

  /** What of a transformer block is no weight. */
  public record BlockShape(
      int heads, boolean causal, Activation activation, double eps, Precision precision) {}

  /**
   * A {@link #block} with low-rank maps beside its linear ones: each becomes {@code W x + b + scale
   * * B A dropout(x)} (Hu et al. 2022, "LoRA", section 4.1).
   */
  public NDArray adaptedBlock(NDArray x, List<NDArray> weights, LowRank low, BlockShape shape) {
    return call(
        "adapted_block",
        x,
        weights,
        low.matrices(),
        scalar(low.scale()),
        scalar(low.dropout()),
        scalar(shape.heads),
        scalar(shape.causal ? 1 : 0),
        scalar(shape.activation.code()),
        scalar(shape.eps),
        shape.precision.scalar(this));
  }

  /** Stands for a matrix that is not there. */
  public NDArray none() {
    return none;
  }

  /** Sets libtorch's generators, of all devices. */
  public void seed(long value) {
    JniUtils.setSeed(value);
  }

  /** {@code weight + scale * up . down}, in {@code scope}. */
  public NDArray merge(NDManager scope, NDArray weight, NDArray down, NDArray up, double scale) {
    return inference(() -> callIn(scope, "merge", weight, down, up, scalar(scale)));
  }

  NDArray scalar(double value) {
    return scalars.computeIfAbsent(value, v -> manager.create(v.doubleValue()));
  }

  NDArray scalar(int value) {
    return scalars.computeIfAbsent(value, v -> manager.create(v.longValue()));
  }

  NDArray call(String method, NDArray first, Object... rest) {
    Object[] all = new Object[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return callIn(first.getManager(), method, all);
  }

  /** Arguments are arrays or lists of arrays; DJL reads from an array's name which it is. */
  NDArray callIn(NDManager scope, String method, Object... arguments) {
    if (Recording.ACTIVE.isBound()) {
      return Recording.ACTIVE.get().note(scope, method, arguments);
    }
    prepared.get();
    NDList inputs = new NDList();
    inputs.add(markers.computeIfAbsent(method, this::marker));
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof NDArray array) {
        array.setName(null);
        inputs.add(array);
      } else {
        for (Object each : (List<?>) arguments[i]) {
          NDArray array = (NDArray) each;
          array.setName("a" + i + "[]");
          inputs.add(array);
        }
      }
    }
    NDArray result = IValueUtils.forward(block, inputs, true).head();
    result.attach(scope);
    return result;
  }

  private NDArray marker(String method) {
    NDArray marker = manager.zeros(new Shape(), DataType.FLOAT32);
    marker.setName("module_method:" + method);
    return marker;
  }
}
