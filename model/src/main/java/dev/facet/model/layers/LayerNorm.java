package dev.facet.model.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.facet.model.ops.Ops;

/** A layer normalisation outside the blocks, over the last axis. */
public final class LayerNorm {
  /** How its layer declares a parameter. */
  public interface Declared {
    Parameter weight(String name, SeededInit init, long... shape);
  }

  private final Parameter weight;
  private final Parameter bias;
  private final double eps;

  public LayerNorm(Declared in, String name, int width, double eps, SeededInit init) {
    this.weight = in.weight(name + ".weight", init.constant(1), width);
    this.bias = in.weight(name + ".bias", init.constant(0), width);
    this.eps = eps;
  }

  public NDArray of(ParameterStore store, NDArray x, boolean training) {
    return Ops.get()
        .layerNorm(
            x,
            NamedBlock.value(store, weight, x, training),
            NamedBlock.value(store, bias, x, training),
            eps);
  }
}
