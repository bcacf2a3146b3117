package dev.facet.model.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations that only FLIP needs, BERT's blocks among them; else as {@link Ops}. */
public final class FlipOps {
  private static final FlipOps INSTANCE = new FlipOps(Ops.get());

  /** What of one of BERT's blocks is no weight. */
  public record PostNormShape(
      int heads, int padToken, Activation activation, double eps, Precision precision) {}

  private final Ops ops;

  private FlipOps(Ops ops) {
    this.ops = ops;
  }

  public static FlipOps get() {
    return INSTANCE;
  }

  /**
   * Token embedding plus position, normalised, as BERT begins.
   *
   * @param ids [N, T] int64
   * @param weights tokens [V, D], positions [at least T, D], the norm's weight and bias
   */
  public NDArray embedWords(NDArray ids, List<NDArray> weights, double eps) {
    return ops.call("embed_words", ids, weights, eps);
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
      NDArray x, NDArray ids, List<NDArray> own, List<NDArray> inner, PostNormShape shape) {
    return ops.call(
        "post_norm_block",
        x,
        ids,
        own,
        inner,
        shape.heads,
        shape.padToken,
        shape.activation.code(),
        shape.eps,
        shape.precision.scalarType());
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
      PostNormShape shape) {
    return ops.call(
        "cross_block",
        x,
        ids,
        image,
        own,
        cross,
        inner,
        shape.heads,
        shape.padToken,
        shape.activation.code(),
        shape.eps,
        shape.precision.scalarType());
  }

  /**
   * {@link #crossBlock}, or {@link #postNormBlock} where there is no image, with low-rank maps
   * beside the linear ones of {@code own} and {@code inner}.
   */
  public NDArray adaptedBlock(
      NDArray x,
      NDArray ids,
      @Nullable NDArray image,
      List<NDArray> own,
      List<NDArray> cross,
      List<NDArray> inner,
      LowRank low,
      PostNormShape shape) {
    return low.drawing(
        () ->
            ops.call(
                "adapted_post_norm_block",
                x,
                ids,
                image == null ? ops.none() : image,
                own,
                cross,
                inner,
                low.matrices(),
                low.scale(),
                low.dropout(),
                shape.heads,
                shape.padToken,
                shape.activation.code(),
                shape.eps,
                shape.precision.scalarType()));
  }

  /** Token ids [N, T] with another id in the first column. */
  public NDArray replaceFirst(NDArray ids, int token) {
    return ops.call("replace_first", ids, token);
  }

  /** Rows of {@code x} in this order; any may come several times. */
  public NDArray rows(NDManager scope, NDArray x, long[] places) {
    // The graph reads the places again in the backward pass, so they live as long as the scope.
    return ops.callIn(scope, "rows", x, scope.create(places));
  }

  /**
   * ALBEF's contrast, see {@link dev.facet.model.flip.FlipPretraining}: the mean over both
   * directions of the cross-entropy between {@code softmax(own . others / temperature)} and {@code
   * alpha softmax(slow . others / temperature) + (1 - alpha) identity}. Others that agree with a
   * row in an id are left out of all three softmaxes.
   *
   * @param ids as in {@link TrainingOps#copies}, with one number or two per pair
   * @param features images, texts, and both from the slow towers, unit vectors [N, E]
   * @param queues of earlier slow images and texts, [E, Q], and of their ids, [1, Q] int64; the
   *     others are the slow features of this batch, then these
   * @param temperature scalar
   * @return scalar
   */
  public NDArray distilledContrast(
      NDArray ids,
      List<NDArray> features,
      List<NDArray> queues,
      NDArray temperature,
      double alpha) {
    return ops.call("distilled_contrast", ids, features, queues, temperature, alpha);
  }

  /**
   * Each row's softmax over similarities to the rows that agree in no id; NaN in rows that have
   * none.
   *
   * @param own unit vectors [N, E]
   * @param others unit vectors [N, E]
   * @param ids as in {@link TrainingOps#copies}
   * @return [N, N]
   */
  public NDArray negativeChances(NDArray own, NDArray others, NDArray temperature, NDArray ids) {
    return ops.call("negative_chances", own, others, temperature, ids);
  }

  /**
   * The mean cross-entropy of yes-or-no answers.
   *
   * @param logits [N, 2]: no, yes
   * @param right rows, the first ones, whose answer is yes
   */
  public NDArray matchLoss(NDArray logits, int right) {
    return ops.call("match_loss", logits, right);
  }

  /**
   * Overwrites the columns of a queue from a pointer on, round its end, and moves the pointer. An
   * id of one number is kept as it is; of two, the upper 32 bits of the first are kept and the
   * lower 32 of the second.
   *
   * @param queue image features [E, Q], text features [E, Q], ids [1, Q] int64 and pointer [1]
   *     int64, all changed in place
   * @param images [N, E]
   * @param texts [N, E]
   * @param ids [N] or [N, 2] int64
   */
  public void enqueue(List<NDArray> queue, NDArray images, NDArray texts, NDArray ids) {
    ops.run(
        images.getManager(),
        "enqueue",
        queue.get(0),
        queue.get(1),
        queue.get(2),
        queue.get(3),
        images,
        texts,
        ids);
  }
}
