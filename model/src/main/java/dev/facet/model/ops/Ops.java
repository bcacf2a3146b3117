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
  public NDArray block(
      NDArray x,
      List<NDArray> weights,
      int heads,
      boolean causal,
      Activation activation,
      double eps,
      Precision precision) {
    return call(
        "block",
        x,
        weights,
        scalar(heads),
        scalar(causal ? 1 : 0),
        scalar(activation.code()),
        scalar(eps),
        precision.scalar(this));
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
   * al. 2013, "On the difficulty of training recurrent neural networks", section 3.2).
   *
   * @param limit 0 leaves them as they are
   * @return the norm before, a scalar in {@code scope}
   */
  public NDArray clipGradients(NDManager scope, List<NDArray> parameters, double limit) {
    return inference(() -> callIn(scope, "clip_gradients", parameters, scalar(limit)));
  }

  /**
   * One AdamW step in place (Loshchilov and Hutter 2019, "Decoupled weight decay regularization",
   * algorithm 2), then gradients to zero. All lists run in parallel.
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

  /**
   * Token embedding plus position, normalised, as BERT begins.
   *
   * @param ids [N, T] int64
   * @param weights tokens [V, D], positions [at least T, D], the norm's weight and bias
   */
  public NDArray embedWords(NDArray ids, List<NDArray> weights, double eps) {
    return call("embed_words", ids, weights, scalar(eps));
  }

  /**
   * One post-norm transformer block: {@code y = norm(x + attention(x)); norm(y + mlp(y))}. Keys of
   * padding get a score lower by 10000, as in BERT.
   *
   * @param x [N, T, D] float32
   * @param ids [N, T] int64
   * @param own query, key, value, out and norm, each as weight and bias
   * @param inner first and second linear map and norm, each as weight and bias
   */
  public NDArray postNormBlock(
      NDArray x,
      NDArray ids,
      List<NDArray> own,
      List<NDArray> inner,
      int heads,
      int padToken,
      Activation activation,
      double eps,
      Precision precision) {
    return call(
        "post_norm_block",
        x,
        ids,
        own,
        inner,
        scalar(heads),
        scalar(padToken),
        scalar(activation.code()),
        scalar(eps),
        precision.scalar(this));
  }

  /**
   * {@link #postNormBlock} with {@code norm(y + attention(y, image))} between the two.
   *
   * @param image [N, P, W] float32
   * @param cross as {@code own}, of the attention to the image
   */
  public NDArray crossBlock(
      NDArray x,
      NDArray ids,
      NDArray image,
      List<NDArray> own,
      List<NDArray> cross,
      List<NDArray> inner,
      int heads,
      int padToken,
      Activation activation,
      double eps,
      Precision precision) {
    return call(
        "cross_block",
        x,
        ids,
        image,
        own,
        cross,
        inner,
        scalar(heads),
        scalar(padToken),
        scalar(activation.code()),
        scalar(eps),
        precision.scalar(this));
  }

  /** Token ids [N, T] with another id in the first column. */
  public NDArray replaceFirst(NDArray ids, int token) {
    return call("replace_first", ids, scalar(token));
  }

  /** Rows of {@code x} in this order; any may come several times. */
  public NDArray rows(NDArray x, long[] places) {
    try (NDArray index = x.getManager().create(places)) {
      return call("rows", x, index);
    }
  }

  /**
   * ALBEF's contrast, see {@link dev.facet.model.FlipPretraining}: the mean over both directions of
   * the cross-entropy between {@code softmax(own . others / temperature)} and {@code alpha
   * softmax(slow . others / temperature) + (1 - alpha) identity}.
   *
   * @param features images, texts, and both from the slow towers, unit vectors [N, E]
   * @param queues of earlier slow images and texts, [E, Q]; the others are the slow features of
   *     this batch, then these
   * @param temperature scalar
   * @return scalar
   */
  public NDArray distilledContrast(
      List<NDArray> features, List<NDArray> queues, NDArray temperature, double alpha) {
    return call(
        "distilled_contrast",
        features.get(0),
        features.get(1),
        features.get(2),
        features.get(3),
        queues.get(0),
        queues.get(1),
        temperature,
        scalar(alpha));
  }

  /**
   * Each row's softmax over similarities to the rows of another id; NaN in rows that have none.
   *
   * @param own unit vectors [N, E]
   * @param others unit vectors [N, E]
   * @param ids [N] int64
   * @return [N, N]
   */
  public NDArray negativeChances(NDArray own, NDArray others, NDArray temperature, NDArray ids) {
    return call("negative_chances", own, others, temperature, ids);
  }

  /**
   * The mean cross-entropy of yes-or-no answers.
   *
   * @param logits [N, 2]: no, yes
   * @param right rows, the first ones, whose answer is yes
   */
  public NDArray matchLoss(NDArray logits, int right) {
    return call("match_loss", logits, scalar(right));
  }

  /** Copies become {@code momentum copy + (1 - momentum) weight}, in place. */
  public void follow(
      NDManager scope, List<NDArray> copies, List<NDArray> weights, double momentum) {
    inference(() -> callIn(scope, "follow", copies, weights, scalar(momentum))).close();
  }

  /**
   * Overwrites the columns of a queue from a pointer on, round its end, and moves the pointer.
   *
   * @param queue image features [E, Q], text features [E, Q], ids [1, Q] int64 and pointer [1]
   *     int64, all changed in place
   * @param images [N, E]
   * @param texts [N, E]
   * @param ids [N] int64
   */
  public void enqueue(List<NDArray> queue, NDArray images, NDArray texts, NDArray ids) {
    inference(
            () ->
                callIn(
                    images.getManager(),
                    "enqueue",
                    queue.get(0),
                    queue.get(1),
                    queue.get(2),
                    queue.get(3),
                    images,
                    texts,
                    ids))
        .close();
  }

  /** The numbers of one AdamW step. */
  public record AdamWRates(double lr, double beta1, double beta2, double decay, double eps) {
    double[] asArray() {
      return new double[] {lr, beta1, beta2, decay, eps};
    }
  }

  NDArray scalar(double value) {
    return scalars.computeIfAbsent(value, v -> manager.create(v.doubleValue()));
  }

  NDArray scalar(int value) {
    return scalars.computeIfAbsent(value, v -> manager.create(v.longValue()));
  }

  private NDArray call(String method, NDArray first, Object... rest) {
    Object[] all = new Object[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return callIn(first.getManager(), method, all);
  }

  /** Arguments are arrays or lists of arrays; DJL reads from an array's name which it is. */
  private NDArray callIn(NDManager scope, String method, Object... arguments) {
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
