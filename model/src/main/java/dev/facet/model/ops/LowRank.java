package dev.facet.model.ops;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Maps beside the linear ones of a transformer block.
 *
 * @param matrices A [R, in] and B [out, R] of query, key, value, out, first and second linear map,
 *     then what each row's dropout follows from, [N] int64 on the CPU; {@link Ops#none} where there
 *     are none
 * @param scale factor on B A
 * @param dropout share of the input that A does not see
 */
public record LowRank(List<NDArray> matrices, double scale, double dropout) {
  private static final ReentrantLock GENERATOR = new ReentrantLock();

  /**
   * Calls an operation with these maps. One that drops features seeds libtorch's generator and then
   * draws, and the generator is one for all threads: so no two do that at once.
   */
  NDArray drawing(Supplier<NDArray> operation) {
    if (dropout == 0) {
      return operation.get();
    }
    GENERATOR.lock();
    try {
      return operation.get();
    } finally {
      GENERATOR.unlock();
    }
  }
}
