package dev.facet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facet.eval.Coverage;
import dev.facet.eval.HeldOut;
import dev.facet.eval.log.HeldOutLoss;
import dev.facet.eval.retrieval.Embeddings;
import dev.facet.eval.retrieval.Pairing;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.ops.Precision;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidationTest {
  private static final int WIDTH = 8;
  private static final int PICTURES = 9;

  @TempDir Path folder;

  /** Two captions for each picture, of which the first counts. */
  private final int[] imageOf = new int[2 * PICTURES];

  private final float[] images = units(PICTURES, 1);
  private final float[] captions = units(2 * PICTURES, 2);
  private final long[] captionIds = new long[2 * PICTURES];

  @Test
  void theLossIsThatOfBatchesOfTrainingWithDuplicatesLeftOut() {
    for (int caption = 0; caption < imageOf.length; caption++) {
      imageOf[caption] = caption / 2;
      captionIds[caption] = caption;
    }
    // Pictures 1 and 3 have the same first caption.
    captionIds[6] = captionIds[2];
    try (DualEncoder model =
        DualEncoder.random(
            CheckpointsTest.CONFIG, ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32))) {
      double scale = model.logitScale();
      TinyRun run = new TinyRun(folder, 1, 1e-3);
      run.batch = 4;
      HeldOutLoss masked = loss(model, run);
      // The ninth picture is left over.
      assertThat(masked.batch()).isEqualTo(4);
      assertThat(masked.mean())
          .isCloseTo((infoNce(scale, 0, true) + infoNce(scale, 4, true)) / 2, within(1e-4));
      run.maskIdenticalCaptions = false;
      assertThat(loss(model, run).mean())
          .isCloseTo((infoNce(scale, 0, false) + infoNce(scale, 4, false)) / 2, within(1e-4));
      run.batch = 1000;
      assertThat(loss(model, run).batch()).isEqualTo(PICTURES);
    }
  }

  private HeldOutLoss loss(DualEncoder model, TinyRun run) {
    long[] numbers = new long[PICTURES];
    for (int i = 0; i < PICTURES; i++) {
      numbers[i] = i;
    }
    HeldOut heldOut =
        new HeldOut(
            new Embeddings(images, WIDTH),
            new Embeddings(captions, WIDTH),
            new Pairing(imageOf, captionIds),
            Collections.nCopies(imageOf.length, "a caption"),
            numbers,
            numbers,
            new Coverage(PICTURES, PICTURES, new TreeMap<>()));
    return Validation.of(model, run.settings(), heldOut, TinyRun.scored(1).result()).loss();
  }

  /** Of four pairs from one on, in both directions, in plain Java. */
  private double infoNce(double scale, int first, boolean mask) {
    double sum = 0;
    for (int i = first; i < first + 4; i++) {
      double toText = 0;
      double toImage = 0;
      for (int j = first; j < first + 4; j++) {
        if (i == j || !mask || captionIds[2 * i] != captionIds[2 * j]) {
          toText += Math.exp(scale * cosine(i, j));
          toImage += Math.exp(scale * cosine(j, i));
        }
      }
      sum += Math.log(toText) + Math.log(toImage) - 2 * scale * cosine(i, i);
    }
    return sum / 8;
  }

  private double cosine(int image, int pair) {
    double sum = 0;
    for (int k = 0; k < WIDTH; k++) {
      sum += images[image * WIDTH + k] * captions[2 * pair * WIDTH + k];
    }
    return sum;
  }

  private static float[] units(int rows, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * WIDTH];
    for (int row = 0; row < rows; row++) {
      double squared = 0;
      for (int k = row * WIDTH; k < (row + 1) * WIDTH; k++) {
        values[k] = (float) random.nextGaussian();
        squared += values[k] * values[k];
      }
      for (int k = row * WIDTH; k < (row + 1) * WIDTH; k++) {
        values[k] /= (float) Math.sqrt(squared);
      }
    }
    return values;
  }
}
