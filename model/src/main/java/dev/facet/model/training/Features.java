package dev.facet.model.training;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * What a contrastive loss sees of a whole batch.
 *
 * @param images unit vectors [N, E]
 * @param texts unit vectors [N, E], row i belonging to image i
 * @param pairs [N, K] int64 or [N]; see {@link TrainingBatch}
 * @param teacherImages unit vectors of a teacher [N, F], null without one
 * @param teacherTexts the same of its captions
 */
record Features(
    NDArray images,
    NDArray texts,
    NDArray pairs,
    @Nullable NDArray teacherImages,
    @Nullable NDArray teacherTexts) {
  int size() {
    return (int) images.getShape().get(0);
  }
}
