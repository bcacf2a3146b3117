package dev.facet.eval.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/**
 * Numbers of scikit-learn 1.9.1, {@code LogisticRegression(C=1/l2, tol=1e-12, max_iter=100000)}, on
 * pictures whose vectors come out of a formula: coefficients class by class, each with its
 * intercept at the end. With two classes they are those of the second.
 */
final class LogisticRegressionTest {
  private static final int PICTURES = 60;
  private static final int WIDTH = 4;

  @Test
  void twoClassesHaveScikitLearnsCoefficients() {
    assertTwo(
        0.01,
        0.55,
        -0.03158234505539746,
        -0.19610161887741542,
        -0.3846638238814244,
        -0.17313365881267287,
        -0.33018667997214585);
    assertTwo(
        100,
        0.5833333333333334,
        -0.002197375615628765,
        -0.01365795955329703,
        -0.0263877343914774,
        -0.011996487694219283,
        -0.33538539909010784);
  }

  @Test
  void threeClassesHaveThemToo() {
    int[] classes = classes(3);
    LogisticRegression fitted = LogisticRegression.fit(vectors(), classes, 3, 1);
    double[] expected = {
      -0.2044521153886469,
      -0.13696879973269346,
      -0.28035480349037667,
      -0.006100487053882236,
      0.3895552082530145,
      -0.2113307195886339,
      -0.04560382833793862,
      -0.15658344180423595,
      -0.03822710703949238,
      -0.18577723478733943,
      0.41578283497728086,
      0.1825726280706321,
      0.43693824529461267,
      0.044327594093374674,
      -0.20377797346567336
    };
    assertThat(fitted.isConverged()).isTrue();
    assertThat(fitted.weights()).containsExactly(expected, within(1e-5));
    assertThat(fitted.accuracy(vectors(), classes)).isEqualTo(0.5333333333333333, within(1e-12));
  }

  private static void assertTwo(double l2, double accuracy, double... expected) {
    int[] classes = classes(2);
    LogisticRegression fitted = LogisticRegression.fit(vectors(), classes, 2, l2);
    double[] weights = fitted.weights();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = -weights[i];
    }
    assertThat(fitted.isConverged()).isTrue();
    assertThat(weights).containsExactly(expected, within(1e-5));
    assertThat(fitted.accuracy(vectors(), classes)).isEqualTo(accuracy, within(1e-12));
  }

  private static double[][] vectors() {
    double[][] vectors = new double[PICTURES][WIDTH];
    for (int i = 0; i < PICTURES; i++) {
      for (int j = 0; j < WIDTH; j++) {
        vectors[i][j] = Math.sin(1 + i * (j + 1) * 0.37) + 0.1 * Math.cos(i * j);
      }
    }
    return vectors;
  }

  private static int[] classes(int count) {
    double[][] vectors = vectors();
    int[] classes = new int[PICTURES];
    for (int i = 0; i < PICTURES; i++) {
      double sum = 1.5 * Math.sin(5 * i);
      for (int j = 0; j < WIDTH; j++) {
        sum += vectors[i][j] * (j + 1);
      }
      classes[i] = Math.floorMod((int) (sum * 10), count);
    }
    return classes;
  }
}
