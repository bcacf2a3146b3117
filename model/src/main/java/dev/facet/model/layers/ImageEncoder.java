package dev.facet.model.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;

/** What stands on the side of the pictures: a tower that sees them, or vectors made of them. */
public abstract class ImageEncoder extends Encoder {
  /** Tokens [N, T, D] that the blocks see of a picture: T. */
  public abstract int tokens(boolean training);

  /**
   * A loader's batch as the encoder takes it, on the scope's device.
   *
   * @param pictures n of them, direct memory
   * @param colour [n, 3, 4] float32, direct memory; of no meaning where there are no pixels
   */
  public abstract NDArray batch(NDManager scope, ByteBuffer pictures, ByteBuffer colour, int n);
}
