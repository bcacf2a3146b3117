package dev.facet.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.facet.model.collective.Collective;
import dev.facet.model.collective.SharedGradients;
import dev.facet.model.ops.Ops;
import dev.facet.model.ops.TrainingOps.Tile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exact gradients of a loss that sees all pairs of a batch at once, in the memory of one part of it
 * (Gao et al. 2021, "Scaling deep contrastive learning batch size under memory limited setup",
 * section 3): first the features of all parts, with nothing kept for a backward pass; then the loss
 * and its gradient for each feature; then each part once more, now recorded, and its share of that
 * gradient taken back into the towers. Both passes draw the same random numbers, and those of the
 * whole batch, as these belong to the row.
 *
 * <p>A batch of one part is recorded the first time, so no tower runs twice.
 *
 * <p>Replicas of a model have a share of the batch each. They gather all features, each looks at
 * the loss of its own rows, and the gradients that this gives all features are added up; so far a
 * share is to the batch what a part is to a share. What else of the loss learns gets its gradient
 * from each replica's rows, as the towers' weights do.
 */
final class GradientCaching {
  private final Trainable model;
  private final @Nullable Teacher teacher;

  GradientCaching(Trainable model, @Nullable Teacher teacher) {
    this.model = model;
    this.teacher = teacher;
  }

  /** Unit vectors of both towers, [n, E]. */
  private record Pair(NDArray images, NDArray texts) {}

  /** The loss of features, of which a replica looks at its own rows; gives all their gradients. */
  interface Backward {
    Loss of(Features features, Tile own, Collective replicas);
  }

  /**
   * The loss of a batch; adds the gradients of its own rows to those of the trained weights.
   *
   * @param backward gives features their gradients
   */
  Loss gradients(MicroBatches batch, long seed, Backward backward) {
    try (NDManager scope = model.manager().newSubManager()) {
      return batch.parts() == 1
          ? whole(scope, batch, seed, backward)
          : inParts(scope, batch, seed, backward);
    }
  }

  private Loss whole(NDManager scope, MicroBatches share, long seed, Backward backward) {
    TrainingBatch batch = share.part(scope, 0);
    Pair recorded = encode(batch, seed, share.first());
    Joint joint = new Joint(scope, share, recorded, batch.pairs(), guide(batch), batch.size());
    Loss loss = joint.backward(backward);
    if (model.learnsFromImages()) {
      model.backward(recorded.images, joint.ofImages(scope, 0, batch.size()));
    }
    if (model.learnsFromTexts()) {
      model.backward(recorded.texts, joint.ofTexts(scope, 0, batch.size()));
    }
    return loss;
  }

  private Loss inParts(NDManager scope, MicroBatches batch, long seed, Backward backward) {
    NDList images = new NDList();
    NDList texts = new NDList();
    NDList pairs = new NDList();
    NDList guideImages = new NDList();
    NDList guideTexts = new NDList();
    int size = 0;
    for (int i = 0; i < batch.parts(); i++) {
      try (NDManager inner = scope.newSubManager()) {
        TrainingBatch part = batch.part(inner, i);
        long place = batch.first() + size;
        Pair own = Ops.inference(() -> encode(part, seed, place));
        keep(scope, images, own.images);
        keep(scope, texts, own.texts);
        keep(scope, pairs, part.pairs());
        Pair guide = guide(part);
        if (guide != null) {
          keep(scope, guideImages, guide.images);
          keep(scope, guideTexts, guide.texts);
        }
        size += part.size();
      }
    }
    Pair own = new Pair(joined(scope, images), joined(scope, texts));
    Pair guide =
        teacher == null ? null : new Pair(joined(scope, guideImages), joined(scope, guideTexts));
    Joint joint = new Joint(scope, batch, own, joined(scope, pairs), guide, size);
    Loss loss = joint.backward(backward);
    int first = 0;
    for (int i = 0; i < batch.parts(); i++) {
      try (NDManager inner = scope.newSubManager()) {
        TrainingBatch part = batch.part(inner, i);
        // One tower after the other, so that only one is kept for its backward pass.
        model.startStep(seed, batch.first() + first);
        if (model.learnsFromImages()) {
          NDArray again = model.encodeImages(part.pixels(), true);
          model.backward(again, joint.ofImages(inner, first, part.size()));
        }
        if (model.learnsFromTexts()) {
          NDArray again = model.encodeTexts(part.ids(), true);
          model.backward(again, joint.ofTexts(inner, first, part.size()));
        }
        first += part.size();
      }
    }
    return loss;
  }

  /**
   * The features of the global batch, where the graph of the towers ends and that of the loss
   * begins.
   */
  private static final class Joint {
    private final Features features;
    private final Collective replicas;
    private final Tile own;

    Joint(
        NDManager scope,
        MicroBatches batch,
        Pair own,
        NDArray pairs,
        @Nullable Pair guide,
        int size) {
      this.replicas = batch.replicas();
      this.own = new Tile((int) batch.first(), size);
      this.features =
          new Features(
              leaf(scope, own.images),
              leaf(scope, own.texts),
              replicas.gather(scope, pairs),
              guide == null ? null : replicas.gather(scope, guide.images),
              guide == null ? null : replicas.gather(scope, guide.texts));
    }

    private NDArray leaf(NDManager scope, NDArray rows) {
      NDArray leaf = replicas.gather(scope, rows);
      leaf.setRequiresGradient(true);
      return leaf;
    }

    /** The loss and the gradients of all rows, which every replica has its share of. */
    Loss backward(Backward backward) {
      SharedGradients gradients =
          new SharedGradients(replicas, List.of(features.images(), features.texts()));
      Loss loss = backward.of(features, own, replicas);
      gradients.sum();
      return loss;
    }

    NDArray ofImages(NDManager scope, int first, int rows) {
      return slice(scope, features.images(), first, rows);
    }

    NDArray ofTexts(NDManager scope, int first, int rows) {
      return slice(scope, features.texts(), first, rows);
    }

    /** Of the gradient, rows of this replica. */
    private NDArray slice(NDManager scope, NDArray leaf, int first, int rows) {
      int from = own.first() + first;
      try (NDArray gradient = leaf.getGradient()) {
        NDArray slice = gradient.get(from + ":" + (from + rows));
        slice.attach(scope);
        return slice;
      }
    }
  }

  private Pair encode(TrainingBatch batch, long seed, long first) {
    model.startStep(seed, first);
    return new Pair(model.encodeImages(batch.pixels(), true), model.encodeTexts(batch.ids(), true));
  }

  private @Nullable Pair guide(TrainingBatch batch) {
    return teacher == null
        ? null
        : new Pair(
            teacher.model().encodeImages(batch.pixels(), false),
            teacher.model().encodeTexts(batch.ids(), false));
  }

  private static void keep(NDManager scope, NDList all, NDArray part) {
    part.attach(scope);
    all.add(part);
  }

  private static NDArray joined(NDManager scope, NDList parts) {
    if (parts.isEmpty()) {
      return scope.create(new Shape(0));
    }
    NDArray all = NDArrays.concat(parts);
    parts.close();
    return all;
  }
}
