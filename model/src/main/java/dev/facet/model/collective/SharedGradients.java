package dev.facet.model.collective;

import ai.djl.ndarray.NDArray;
import dev.facet.model.ops.Ops;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Gradients that each replica has its share of: their sum is that of the global batch. */
public final class SharedGradients {
  private final Collective replicas;
  private final List<NDArray> arrays;

  /**
   * Where there are several replicas, arrays without a gradient get one of zeros, as a replica may
   * have nothing to add that the others have.
   *
   * @param arrays that learn; the same at all replicas
   */
  public SharedGradients(Collective replicas, Collection<NDArray> arrays) {
    this.replicas = replicas;
    this.arrays = List.copyOf(arrays);
    if (replicas.size() > 1) {
      Ops.recording(
          () -> {
            this.arrays.forEach(SharedGradients::reach);
            return replicas;
          });
    }
  }

  private static void reach(NDArray array) {
    try (NDArray sum = array.sum();
        NDArray zero = sum.zerosLike()) {
      Ops.backward(sum, zero);
    }
  }

  /** Every replica's gradients become the sum of all. */
  public void sum() {
    if (replicas.size() == 1) {
      return;
    }
    List<NDArray> gradients = new ArrayList<>();
    try {
      arrays.forEach(each -> gradients.add(each.getGradient()));
      replicas.sum(gradients);
    } finally {
      gradients.forEach(NDArray::close);
    }
  }
}
