package dev.facet.model.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.facet.model.ops.Ops;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Vectors that another model made of pictures, in the place of an image tower: [N, W] float32 to
 * features [N, E], by a linear map that learns or as they are (Zhai et al. 2022, "LiT: Zero-shot
 * transfer with locked-image text tuning", whose locked tower may as well have been run before).
 */
public final class StoredVectors extends ImageEncoder {
  /** The linear map's weight [E, W]. */
  public static final String WEIGHT = "picture_projection.weight";

  private final int width;
  private final @Nullable Parameter projection;

  /**
   * @param width numbers of a vector, W
   * @param embedDim width of the joint space, E
   * @param projected whether there is a linear map; else E is W
   */
  public StoredVectors(LayerSettings settings, int width, int embedDim, boolean projected) {
    this.width = width;
    this.projection =
        projected
            ? projection(WEIGHT, settings.init().std(Math.pow(width, -0.5)), embedDim, width)
            : null;
  }

  @Override
  public int tokens(boolean training) {
    return 1;
  }

  @Override
  public NDArray batch(NDManager scope, ByteBuffer pictures, ByteBuffer colour, int n) {
    return scope.create(pictures, new Shape(n, width), DataType.FLOAT32);
  }

  @Override
  protected NDArray embed(ParameterStore store, NDArray vectors, boolean training) {
    return vectors;
  }

  @Override
  protected NDArray head(ParameterStore store, NDArray x, NDArray vectors, boolean training) {
    return projection == null ? x : Ops.get().project(x, value(store, projection, x, training));
  }

  /** {@inheritDoc} Vectors that go through no map keep the length that they have. */
  @Override
  public NDArray compared(NDArray features) {
    return projection == null ? features : super.compared(features);
  }

  @Override
  public boolean computes() {
    return projection != null;
  }
}
