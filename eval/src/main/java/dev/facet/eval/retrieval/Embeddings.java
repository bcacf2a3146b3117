package dev.facet.eval.retrieval;

import dev.facet.base.FacetException;

/**
 * A matrix of float32 embeddings, one per row, row-major. The array is not copied; whoever scores
 * it must not write to it meanwhile. Rows need not have unit length: scores are dot products.
 */
public final class Embeddings {
  /** Beyond this squared length a dot product could overflow float32. */
  private static final double MAX_SQUARED_LENGTH = 1e38;

  private final float[] values;
  private final int dim;

  /**
   * @param values rows x dim
   * @param dim numbers per row, at least 1
   */
  public Embeddings(float[] values, int dim) {
    if (dim < 1 || values.length % dim != 0) {
      throw new IllegalArgumentException(values.length + " numbers are not rows of " + dim);
    }
    this.values = values;
    this.dim = dim;
  }

  /** Numbers per row. */
  public int dim() {
    return dim;
  }

  /** How many rows. */
  public int rows() {
    return values.length / dim;
  }

  float[] values() {
    return values;
  }

  /**
   * The dot product of two rows, summed in order with fused multiply-adds: bit for bit what {@link
   * ScoreTile} computes for the pair, whichever of the two is the query.
   */
  static float dot(Embeddings a, int rowOfA, Embeddings b, int rowOfB) {
    int dim = a.dim;
    int offsetA = rowOfA * dim;
    int offsetB = rowOfB * dim;
    float sum = 0;
    for (int k = 0; k < dim; k++) {
      sum = Math.fma(a.values[offsetA + k], b.values[offsetB + k], sum);
    }
    return sum;
  }

  /**
   * Refuses rows whose scores could be NaN or infinite. By the Cauchy-Schwarz inequality bounded
   * lengths bound every partial sum of a dot product too, so one pass over the rows is enough.
   *
   * @param what what one row stands for, such as "image"
   */
  void requireFinite(String what) {
    for (int row = 0; row < rows(); row++) {
      double squared = 0;
      for (int i = row * dim; i < (row + 1) * dim; i++) {
        squared += (double) values[i] * values[i];
      }
      if (!(squared < MAX_SQUARED_LENGTH)) {
        throw FacetException.run(
            "the embedding of "
                + what
                + " "
                + row
                + " is not finite (squared length "
                + squared
                + "): the model has diverged or overflowed. Evaluate an earlier checkpoint, or lower"
                + " the learning rate and train again.");
      }
    }
  }
}
