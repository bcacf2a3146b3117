package dev.facet.model.similarity;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.facet.model.ops.PartOps;

/**
 * How fast libtorch multiplies float32 matrices on the CPU: a bar for whatever contains products.
 */
public final class ProductRate {
  /** Sizes at which kernels reach their best, and results stay in memory that is there already. */
  private static final int ROWS = 2048;

  private static final int COLUMNS = 2048;

  private ProductRate() {}

  /**
   * Multiplies queries by candidates, 2,048 by 2,048, again and again.
   *
   * @param width numbers of a vector
   * @param threads of libtorch
   * @param seconds for how long, after a warm-up of a tenth of it
   * @return operations per second, a multiplication and an addition being two
   */
  public static double measure(int width, int threads, double seconds) {
    Engine.getEngine("PyTorch"); // Loads the library.
    int before = JniUtils.getNumThreads();
    JniUtils.setNumThreads(threads);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray out = manager.zeros(new Shape(ROWS, COLUMNS));
      NDArray queries = manager.ones(new Shape(ROWS, width));
      NDArray candidates = manager.ones(new Shape(COLUMNS, width));
      multiply(out, queries, candidates, seconds / 10);
      return multiply(out, queries, candidates, seconds) * 2.0 * ROWS * COLUMNS * width;
    } finally {
      JniUtils.setNumThreads(before);
    }
  }

  /** Products per second. */
  private static double multiply(NDArray out, NDArray queries, NDArray candidates, double seconds) {
    long start = System.nanoTime();
    double taken;
    int products = 0;
    do {
      PartOps.get().products(out, queries, candidates);
      products++;
      taken = (System.nanoTime() - start) / 1e9;
    } while (taken < seconds);
    return products / taken;
  }
}
