package dev.facet.model.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.facet.model.ops.Ops;

/** A linear map with a bias, outside the blocks: [N, in] to [N, out]. */
public final class Projection {
  private final Parameter weight;
  private final Parameter bias;

  public Projection(
      LayerNorm.Declared in, String name, int width, int out, LayerSettings settings) {
    this.weight =
        in.weight(name + ".weight", settings.init().std(Math.pow(width, -0.5)), out, width);
    this.bias = in.weight(name + ".bias", settings.init().constant(0), out);
  }

  /** Whether its weights stay as they are in training. */
  public void freeze(boolean frozen) {
    weight.freeze(frozen);
    bias.freeze(frozen);
  }

  public NDArray of(ParameterStore store, NDArray x, boolean training) {
    return Ops.get()
        .project(
            x,
            NamedBlock.value(store, weight, x, training),
            NamedBlock.value(store, bias, x, training));
  }
}
