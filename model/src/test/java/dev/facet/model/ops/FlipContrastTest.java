package dev.facet.model.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** FLIP's contrast beside its definition, pair by pair in double precision. */
class FlipContrastTest {
  private static final int N = 4;
  private static final int QUEUE = 3;
  private static final int WIDTH = 5;
  private static final double TEMPERATURE = 0.2;
  private static final double ALPHA = 0.4;

  private final NDManager scope = NDManager.newBaseManager("PyTorch");

  private final double[][] images = units(N, 1);
  private final double[][] texts = units(N, 2);
  private final double[][] slowImages = units(N, 3);
  private final double[][] slowTexts = units(N, 4);
  private final double[][] earlierImages = units(QUEUE, 5);
  private final double[][] earlierTexts = units(QUEUE, 6);

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void pairsOfOtherPicturesAndCaptionsAreAllNegatives() {
    boolean[][] none = new boolean[N][N + QUEUE];
    long[][] ids = {{id(1), id(11)}, {id(2), id(12)}, {id(3), id(13)}, {id(4), id(14)}};
    long[] queue = {-100, queued(id(7), id(17)), queued(id(8), id(18))};
    assertThat(contrast(ids, queue)).isCloseTo(expected(none), within(1e-5));
  }

  @Test
  void theSamePictureOrCaptionIsNoNegativeInTheBatchNorInTheQueue() {
    // Rows 0 and 2 show the same picture; rows 1 and 3 have the same caption.
    long[][] ids = {{id(1), id(11)}, {id(2), id(12)}, {id(1), id(13)}, {id(4), id(12)}};
    // An earlier caption of row 3's picture, nobody, an earlier picture of row 0's caption.
    long[] queue = {queued(id(4), id(99)), -100, queued(id(98), id(11))};
    boolean[][] leftOut = new boolean[N][N + QUEUE];
    leftOut[0][2] = true;
    leftOut[2][0] = true;
    leftOut[1][3] = true;
    leftOut[3][1] = true;
    leftOut[3][N] = true;
    leftOut[0][N + 2] = true;
    assertThat(contrast(ids, queue)).isCloseTo(expected(leftOut), within(1e-5));
  }

  @Test
  void withOneNumberAPairTheQueueIsComparedWhole() {
    long[][] ids = {{5}, {6}, {5}, {8}};
    long[] queue = {-100, 8, 1L << 32 | 6};
    boolean[][] leftOut = new boolean[N][N + QUEUE];
    leftOut[0][2] = true;
    leftOut[2][0] = true;
    leftOut[3][N + 1] = true;
    assertThat(contrast(ids, queue)).isCloseTo(expected(leftOut), within(1e-5));
  }

  @Test
  void gradientsStayFiniteWhereEverythingElseIsLeftOut() {
    long[][] ids = {{id(1), id(11)}, {id(1), id(12)}, {id(1), id(13)}, {id(1), id(14)}};
    NDArray learned = array(images);
    learned.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray loss = contrast(learned, ids, new long[] {queued(id(1), id(2)), 3, 4});
      collector.backward(loss);
      assertThat(Float.isFinite(loss.getFloat())).isTrue();
    }
    for (float each : learned.getGradient().toFloatArray()) {
      assertThat(Float.isFinite(each)).isTrue();
    }
  }

  private double contrast(long[][] ids, long[] queue) {
    return contrast(array(images), ids, queue).getFloat();
  }

  private NDArray contrast(NDArray imageFeatures, long[][] ids, long[] queue) {
    return FlipOps.get()
        .distilledContrast(
            longs(ids),
            List.of(imageFeatures, array(texts), array(slowImages), array(slowTexts)),
            List.of(
                array(earlierImages).transpose(),
                array(earlierTexts).transpose(),
                scope.create(queue, new Shape(1, queue.length))),
            scope.create((float) TEMPERATURE),
            ALPHA);
  }

  private double expected(boolean[][] leftOut) {
    return (side(images, slowImages, slowTexts, earlierTexts, leftOut)
            + side(texts, slowTexts, slowImages, earlierImages, leftOut))
        / 2;
  }

  private static double side(
      double[][] own, double[][] slow, double[][] others, double[][] earlier, boolean[][] leftOut) {
    double loss = 0;
    for (int i = 0; i < N; i++) {
      double[] probability = softmax(own[i], others, earlier, leftOut[i]);
      double[] soft = softmax(slow[i], others, earlier, leftOut[i]);
      for (int j = 0; j < N + QUEUE; j++) {
        if (!leftOut[i][j]) {
          double target = ALPHA * soft[j] + (i == j ? 1 - ALPHA : 0);
          loss -= target * Math.log(probability[j]);
        }
      }
    }
    return loss / N;
  }

  private static double[] softmax(
      double[] own, double[][] others, double[][] earlier, boolean[] leftOut) {
    double[] weights = new double[N + QUEUE];
    double sum = 0;
    for (int j = 0; j < weights.length; j++) {
      double score = dot(own, j < N ? others[j] : earlier[j - N]) / TEMPERATURE;
      weights[j] = leftOut[j] ? 0 : Math.exp(score);
      sum += weights[j];
    }
    for (int j = 0; j < weights.length; j++) {
      weights[j] /= sum;
    }
    return weights;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  /** A number with something in both halves. */
  private static long id(long n) {
    return 0x9e3779b97f4a7c15L * n;
  }

  /** The upper half of a picture's number, the lower one of a caption's. */
  private static long queued(long picture, long caption) {
    return (picture >> 32 << 32) | (caption & 0xffffffffL);
  }

  private static double[][] units(int rows, int seed) {
    double[][] units = new double[rows][WIDTH];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < WIDTH; k++) {
        units[i][k] = Math.sin(1 + seed * 7.3 + i * 3.1 + k * 1.7 + i * k);
      }
      double length = Math.sqrt(dot(units[i], units[i]));
      for (int k = 0; k < WIDTH; k++) {
        units[i][k] /= length;
      }
    }
    return units;
  }

  private NDArray array(double[][] rows) {
    float[] values = new float[rows.length * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows[i / WIDTH][i % WIDTH];
    }
    return scope.create(values, new Shape(rows.length, WIDTH));
  }

  private NDArray longs(long[][] rows) {
    int columns = rows[0].length;
    long[] values = new long[rows.length * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows[i / columns][i % columns];
    }
    return scope.create(values, new Shape(rows.length, columns));
  }
}
