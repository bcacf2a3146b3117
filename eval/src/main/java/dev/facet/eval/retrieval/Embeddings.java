package dev.facet.eval.retrieval;

import dev.facet.base.FacetException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A matrix of float32 embeddings, one per row, row-major, in memory or in a mapped file. It is not
 * copied; whoever scores it must not write to it meanwhile. Rows need not have unit length: scores
 * are dot products.
 */
public final class Embeddings {
  /** Beyond this squared length a dot product could overflow float32. */
  private static final double MAX_SQUARED_LENGTH = 1e38;

  private final MemorySegment values;
  private final int dim;
  private final int rows;

  /**
   * @param values rows x dim
   * @param dim numbers per row, at least 1
   */
  public Embeddings(float[] values, int dim) {
    this(MemorySegment.ofArray(values), dim);
  }

  /**
   * @param values rows x dim float32 numbers in this machine's byte order
   * @param dim numbers per row, at least 1
   */
  public Embeddings(MemorySegment values, int dim) {
    long width = (long) dim * Float.BYTES;
    if (dim < 1 || values.byteSize() % width != 0) {
      throw new IllegalArgumentException(values.byteSize() + " bytes are not rows of " + dim);
    }
    this.values = values;
    this.dim = dim;
    this.rows = Math.toIntExact(values.byteSize() / width);
  }

  /** Numbers per row. */
  public int dim() {
    return dim;
  }

  /** How many rows. */
  public int rows() {
    return rows;
  }

  /** Copies a row into an array, from this place on. */
  void copyRow(int row, float[] into, int at) {
    MemorySegment.copy(
        values, ValueLayout.JAVA_FLOAT, (long) row * dim * Float.BYTES, into, at, dim);
  }

  /** Copies a row. */
  public void copy(int row, double[] into) {
    for (int k = 0; k < dim; k++) {
      into[k] = values.getAtIndex(ValueLayout.JAVA_FLOAT, (long) row * dim + k);
    }
  }

  /** Copies of rows, in this order. */
  public float[] copyOf(int[] chosen) {
    float[] copies = new float[Math.multiplyExact(chosen.length, dim)];
    for (int i = 0; i < chosen.length; i++) {
      copyRow(chosen[i], copies, i * dim);
    }
    return copies;
  }

  /** All rows, one after the other. */
  MemorySegment memory() {
    return values;
  }

  /**
   * Refuses rows whose scores could be NaN or infinite. By the Cauchy-Schwarz inequality bounded
   * lengths bound every partial sum of a dot product too, so one pass over the rows is enough.
   *
   * @param what what one row stands for, such as "image"
   * @return the length of the longest
   */
  double requireFinite(String what) {
    double longest = 0;
    float[] numbers = new float[dim];
    for (int row = 0; row < rows; row++) {
      copyRow(row, numbers, 0);
      double squared = ExactScores.dot(numbers, numbers);
      if (!(squared < MAX_SQUARED_LENGTH)) {
        throw FacetException.run(
            "the embedding of "
                + what
                + " "
                + row
                + " is not finite (squared length "
                + squared
                + "): the model has diverged or overflowed. Evaluate an earlier checkpoint, or"
                + " lower the learning rate and train again.");
      }
      longest = Math.max(longest, squared);
    }
    return Math.sqrt(longest);
  }
}
