package dev.facet.model.training;

import ai.djl.ndarray.NDArray;
import dev.facet.model.collective.Collective;
import dev.facet.model.ops.Ops;
import dev.facet.model.ops.TrainingOps;
import dev.facet.model.ops.TrainingOps.Tile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An objective that sees nothing but the unit vectors of both towers, so that a batch may be larger
 * than memory: {@link GradientCaching} makes the vectors and takes their gradients back into the
 * towers.
 *
 * <p>A teacher, where there is one, is imitated beside: the cross-entropy between its softmax over
 * the batch and the model's own, in both directions (open_clip, loss.py, DistillClipLoss).
 */
public abstract class Contrastive implements Objective {
  /** Parts of the loss where there is a teacher. */
  public static final String CONTRAST = "contrast";

  public static final String DISTILLATION = "distillation";

  /** Numbers in a tile of similarities: 16 MB. */
  private static final int TILE = 1 << 22;

  /** About so many tiles are there at a time: of both directions, with softmax and gradients. */
  private static final int TILES = 20;

  private final GradientCaching caching;
  private final LossSettings settings;
  private final @Nullable Teacher teacher;

  protected Contrastive(Trainable model, LossSettings settings, @Nullable Teacher teacher) {
    this.settings = settings;
    this.teacher = teacher;
    this.caching = new GradientCaching(model, teacher);
  }

  /**
   * About how many bytes the loss of a batch takes: the features of both sides, their gradients,
   * and tiles of the matrix of similarities.
   *
   * @param batch pairs, of all replicas
   * @param width of the joint space
   */
  public static long bytes(int batch, int width) {
    long features = 4L * batch * width;
    return Float.BYTES * (features + (long) TILES * tileRows(batch) * batch);
  }

  private static int tileRows(int batch) {
    return Math.clamp(TILE / batch, 1, batch);
  }

  protected final LossSettings settings() {
    return settings;
  }

  @Override
  public final Loss gradients(MicroBatches batch, long seed) {
    return caching.gradients(batch, seed, this::backward);
  }

  /**
   * The loss of pairs whose unit vectors are known, without gradients and without a teacher.
   *
   * @param images unit vectors [N, E]
   * @param texts unit vectors [N, E], row i belonging to image i
   * @param pairs as in {@link TrainingBatch}
   */
  public final double value(NDArray images, NDArray texts, NDArray pairs) {
    Features features = new Features(images, texts, pairs, null, null);
    int rows = tileRows(features.size());
    double sum = 0;
    for (int first = 0; first < features.size(); first += rows) {
      Tile tile = new Tile(first, Math.min(rows, features.size() - first));
      try (NDArray part = Ops.inference(() -> contrast(features, tile))) {
        sum += part.getFloat();
      }
    }
    return sum;
  }

  /**
   * The loss of a whole batch. The gradients of what the rows of {@code own} add to it are
   * afterwards in the images and texts, and in what else of the loss learns, such as the logit
   * scale.
   */
  private Loss backward(Features features, Tile own, Collective replicas) {
    return backward(features, own, replicas, tileRows(features.size()));
  }

  /**
   * As it says, of a batch without replicas.
   *
   * @param rows of a tile
   */
  final Loss backward(Features features, int rows) {
    return backward(features, new Tile(0, features.size()), Collective.ALONE, rows);
  }

  private Loss backward(Features features, Tile own, Collective replicas, int rows) {
    double contrast = 0;
    double distillation = 0;
    int end = own.first() + own.rows();
    double share = teacher == null ? 0 : settings.distillation();
    for (int first = own.first(); first < end; first += rows) {
      Tile tile = new Tile(first, Math.min(rows, end - first));
      if (share < 1) {
        contrast += backward(contrast(features, tile), 1 - share);
      }
      if (teacher != null) {
        distillation += backward(imitation(features, tile, teacher), share);
      }
    }
    double[] sums = replicas.sum(contrast, distillation);
    Map<String, Float> parts = new LinkedHashMap<>();
    if (teacher != null) {
      parts.put(CONTRAST, (float) sums[0]);
      parts.put(DISTILLATION, (float) sums[1]);
    }
    return new Loss((float) ((1 - share) * sums[0] + share * sums[1]), parts);
  }

  private static double backward(NDArray loss, double weight) {
    try (loss;
        NDArray gradient = loss.getManager().full(loss.getShape(), (float) weight)) {
      Ops.backward(loss, gradient);
      return loss.getFloat();
    }
  }

  private NDArray imitation(Features features, Tile tile, Teacher guide) {
    NDArray teacherImages = Objects.requireNonNull(features.teacherImages());
    NDArray teacherTexts = Objects.requireNonNull(features.teacherTexts());
    TrainingOps ops = TrainingOps.get();
    try (NDArray toText =
            ops.imitationSide(
                features.images(),
                features.texts(),
                logScale(),
                teacherImages,
                teacherTexts,
                guide.scale(),
                tile);
        NDArray toImage =
            ops.imitationSide(
                features.texts(),
                features.images(),
                logScale(),
                teacherTexts,
                teacherImages,
                guide.scale(),
                tile)) {
      return toText.add(toImage);
    }
  }

  /** What these rows of both sides add to the loss, a recorded scalar. */
  protected abstract NDArray contrast(Features features, Tile tile);

  /** The logarithm of the factor on similarities, recorded, [] or [1]. */
  protected abstract NDArray logScale();
}
