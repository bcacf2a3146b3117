package dev.facet.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.facet.model.ops.TrainingOps;
import org.junit.jupiter.api.Test;

class InfoNceTest {
  private static final double SCALE = 10;

  @Test
  void aRepeatedCaptionIsNoNegative() {
    float[][] images = {{1, 0}, {0.8f, 0.6f}, {0, 1}};
    float[][] texts = {{0.6f, 0.8f}, {0.6f, 0.8f}, {1, 0}};
    long[] ids = {7, 7, 8};
    try (NDManager scope = NDManager.newBaseManager("PyTorch")) {
      float loss =
          InfoNce.loss(
                  scope.create(images),
                  scope.create(texts),
                  scope.create((float) Math.log(SCALE)),
                  scope.create(ids))
              .getFloat();
      assertThat((double) loss).isCloseTo(reference(images, texts, ids), within(1e-5));
      NDArray distinct = scope.create(new long[] {1, 2, 3});
      float plain =
          InfoNce.loss(
                  scope.create(images),
                  scope.create(texts),
                  scope.create((float) Math.log(SCALE)),
                  distinct)
              .getFloat();
      assertThat(plain).isGreaterThan(loss);
    }
  }

  @Test
  void anotherCaptionOfTheSamePictureIsNoNegative() {
    float[][] images = {{1, 0}, {1, 0}, {0, 1}};
    float[][] texts = {{0.6f, 0.8f}, {0.8f, 0.6f}, {1, 0}};
    // Rows 0 and 1 show one picture; the captions all differ.
    long[] numbers = {7, 1, 7, 2, 8, 3};
    try (NDManager scope = NDManager.newBaseManager("PyTorch")) {
      float loss =
          InfoNce.loss(
                  scope.create(images),
                  scope.create(texts),
                  scope.create((float) Math.log(SCALE)),
                  scope.create(numbers, new Shape(3, 2)))
              .getFloat();
      assertThat((double) loss)
          .isCloseTo(reference(images, texts, new long[] {7, 7, 8}), within(1e-5));
    }
  }

  @Test
  void picturesAndCaptionsOfTheSameNumberAreNotTakenForEachOther() {
    long[] numbers = {7, 8, 8, 7, 9, 9};
    try (NDManager scope = NDManager.newBaseManager("PyTorch")) {
      NDArray negatives = TrainingOps.get().distinct(scope.create(numbers, new Shape(3, 2)));
      assertThat(negatives.toBooleanArray()).doesNotContain(false);
    }
  }

  /** The definition, pair by pair in double precision. */
  private static double reference(float[][] images, float[][] texts, long[] ids) {
    int n = ids.length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double row = 0;
      double column = 0;
      for (int j = 0; j < n; j++) {
        if (i == j || ids[i] != ids[j]) {
          row += Math.exp(score(images[i], texts[j]));
          column += Math.exp(score(images[j], texts[i]));
        }
      }
      sum += Math.log(row) + Math.log(column) - 2 * score(images[i], texts[i]);
    }
    return sum / (2 * n);
  }

  private static double score(float[] a, float[] b) {
    return SCALE * (a[0] * b[0] + a[1] * b[1]);
  }
}
