package dev.facet.prepare.photo;

import dev.facet.augment.memory.Pixels;
import dev.facet.augment.resample.AveragedCopy;
import java.util.Arrays;

/**
 * 128 bits that stay nearly the same when a picture is encoded anew, resized or brightened, and
 * differ in a third of them and more between pictures. The luma of 32 x 32 means goes through a
 * cosine transform; a bit says whether a coefficient is above the median of its half. That is pHash
 * (Zauner, "Implementation and benchmarking of perceptual image hash functions", 2010), with two
 * differences. The coefficients that are constant along a row or column are left out: portraits
 * share them, a light face before something dark. And the next 64 coefficients are a second half:
 * among millions of pictures there are always some that agree in the broad shapes of the first.
 *
 * @param coarse the 8 x 8 lowest frequencies
 * @param fine the 64 lowest of those that follow
 */
public record PerceptualHash(long coarse, long fine) {
  /** Of a picture that shows too little to tell it from others: one colour, a smooth gradient. */
  public static final PerceptualHash NONE = new PerceptualHash(0, 0);

  private static final int SIDE = 32;
  private static final int BITS = 64;
  private static final int COARSE = 8;

  /** Frequencies of the second half lie beyond the first, and their sum is at most this. */
  private static final int LAST_SUM = 17;

  /**
   * Of the orthonormal transform of 8-bit levels, whose rounding gives 0.3; half the coefficients
   * of a picture that is told from others lie further from their median.
   */
  private static final double LEAST_SPREAD = 2;

  private static final double[][] COSINES = cosines();
  private static final int[][] FREQUENCIES = {coarseFrequencies(), fineFrequencies()};

  /** Measures one picture after the other. One per thread. */
  static final class Maker implements AutoCloseable {
    private final AveragedCopy copy = new AveragedCopy();
    private final double[] luma = new double[SIDE * SIDE];
    private final double[] rows = new double[SIDE * (LAST_SUM + 1)];
    private final double[] values = new double[BITS];
    private final double[] sorted = new double[BITS];

    /** The hash of a picture as stored. */
    PerceptualHash of(Pixels pixels) {
      byte[] levels = copy.luma(pixels, SIDE, SIDE);
      for (int i = 0; i < luma.length; i++) {
        luma[i] = levels[i] & 0xff;
      }
      for (int y = 0; y < SIDE; y++) {
        for (int u = 1; u <= LAST_SUM; u++) {
          double sum = 0;
          for (int x = 0; x < SIDE; x++) {
            sum += luma[y * SIDE + x] * COSINES[u][x];
          }
          rows[u * SIDE + y] = sum;
        }
      }
      long coarse = bits(FREQUENCIES[0], LEAST_SPREAD);
      return coarse == 0 ? NONE : new PerceptualHash(coarse, bits(FREQUENCIES[1], 0));
    }

    /** Half of them set; none where the coefficients hardly differ. */
    private long bits(int[] frequencies, double leastSpread) {
      for (int k = 0; k < BITS; k++) {
        int u = frequencies[k] / SIDE;
        int v = frequencies[k] % SIDE;
        double sum = 0;
        for (int y = 0; y < SIDE; y++) {
          sum += rows[u * SIDE + y] * COSINES[v][y];
        }
        values[k] = sum;
      }
      double median = median(values);
      long bits = 0;
      for (int k = 0; k < BITS; k++) {
        bits |= values[k] > median ? 1L << k : 0;
        values[k] = Math.abs(values[k] - median);
      }
      return median(values) < leastSpread ? 0 : bits;
    }

    private double median(double[] of) {
      System.arraycopy(of, 0, sorted, 0, BITS);
      Arrays.sort(sorted);
      return (sorted[BITS / 2 - 1] + sorted[BITS / 2]) / 2;
    }

    @Override
    public void close() {
      copy.close();
    }
  }

  private static double[][] cosines() {
    double[][] cosines = new double[LAST_SUM + 1][SIDE];
    for (int u = 0; u <= LAST_SUM; u++) {
      for (int x = 0; x < SIDE; x++) {
        cosines[u][x] = Math.sqrt(2.0 / SIDE) * Math.cos(Math.PI * (2 * x + 1) * u / (2 * SIDE));
      }
    }
    return cosines;
  }

  private static int[] coarseFrequencies() {
    int[] frequencies = new int[BITS];
    for (int k = 0; k < BITS; k++) {
      frequencies[k] = (1 + k % COARSE) * SIDE + 1 + k / COARSE;
    }
    return frequencies;
  }

  /** By rising sum, as they lose importance. */
  private static int[] fineFrequencies() {
    int[] frequencies = new int[BITS];
    int filled = 0;
    for (int sum = COARSE + 2; sum <= LAST_SUM; sum++) {
      for (int u = 1; u < sum && filled < BITS; u++) {
        int v = sum - u;
        if (u > COARSE || v > COARSE) {
          frequencies[filled++] = u * SIDE + v;
        }
      }
    }
    return frequencies;
  }
}
