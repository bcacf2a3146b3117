package dev.facet.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.facet.model.ops.Ops;
import java.util.function.Function;
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

  /**
   * The loss of a batch; adds its gradients to those of the trained weights.
   *
   * @param backward gives features their gradients
   */
  Loss gradients(MicroBatches batch, long seed, Function<Features, Loss> backward) {
    try (NDManager scope = model.manager().newSubManager()) {
      return batch.parts() == 1
          ? whole(scope, batch.part(scope, 0), seed, backward)
          : inParts(scope, batch, seed, backward);
    }
  }

  private Loss whole(
      NDManager scope, TrainingBatch batch, long seed, Function<Features, Loss> backward) {
    Pair recorded = encode(batch, seed, 0);
    NDArray images = leaf(scope, recorded.images);
    NDArray texts = leaf(scope, recorded.texts);
    Pair guide = guide(batch);
    Loss loss = backward.apply(features(images, texts, batch.pairs(), guide));
    if (model.learnsFromImages()) {
      model.backward(recorded.images, images.getGradient());
    }
    if (model.learnsFromTexts()) {
      model.backward(recorded.texts, texts.getGradient());
    }
    return loss;
  }

  private Loss inParts(
      NDManager scope, MicroBatches batch, long seed, Function<Features, Loss> backward) {
    NDList images = new NDList();
    NDList texts = new NDList();
    NDList pairs = new NDList();
    NDList guideImages = new NDList();
    NDList guideTexts = new NDList();
    long first = 0;
    for (int i = 0; i < batch.parts(); i++) {
      try (NDManager inner = scope.newSubManager()) {
        TrainingBatch part = batch.part(inner, i);
        long place = first;
        Pair own = Ops.inference(() -> encode(part, seed, place));
        keep(scope, images, own.images);
        keep(scope, texts, own.texts);
        keep(scope, pairs, part.pairs());
        Pair guide = guide(part);
        if (guide != null) {
          keep(scope, guideImages, guide.images);
          keep(scope, guideTexts, guide.texts);
        }
        first += part.size();
      }
    }
    NDArray allImages = leaf(scope, joined(images));
    NDArray allTexts = leaf(scope, joined(texts));
    Pair guide = teacher == null ? null : new Pair(joined(guideImages), joined(guideTexts));
    Loss loss = backward.apply(features(allImages, allTexts, joined(pairs), guide));
    NDArray ofImages = allImages.getGradient();
    NDArray ofTexts = allTexts.getGradient();
    first = 0;
    for (int i = 0; i < batch.parts(); i++) {
      try (NDManager inner = scope.newSubManager()) {
        TrainingBatch part = batch.part(inner, i);
        String rows = first + ":" + (first + part.size());
        // One tower after the other, so that only one is kept for its backward pass.
        model.startStep(seed, first);
        if (model.learnsFromImages()) {
          NDArray again = model.encodeImages(part.pixels(), true);
          model.backward(again, slice(inner, ofImages, rows));
        }
        if (model.learnsFromTexts()) {
          NDArray again = model.encodeTexts(part.ids(), true);
          model.backward(again, slice(inner, ofTexts, rows));
        }
        first += part.size();
      }
    }
    return loss;
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

  private static Features features(
      NDArray images, NDArray texts, NDArray pairs, @Nullable Pair guide) {
    return guide == null
        ? new Features(images, texts, pairs, null, null)
        : new Features(images, texts, pairs, guide.images, guide.texts);
  }

  /** Where the graph of the towers ends and that of the loss begins. */
  private static NDArray leaf(NDManager scope, NDArray features) {
    NDArray leaf = Ops.inference(() -> Ops.get().copy(scope, features));
    leaf.setRequiresGradient(true);
    return leaf;
  }

  private static void keep(NDManager scope, NDList all, NDArray part) {
    part.attach(scope);
    all.add(part);
  }

  private static NDArray joined(NDList parts) {
    NDArray all = NDArrays.concat(parts);
    parts.close();
    return all;
  }

  private static NDArray slice(NDManager scope, NDArray all, String rows) {
    NDArray slice = all.get(rows);
    slice.attach(scope);
    return slice;
  }
}
