package dev.facet.augment.resample;

import dev.facet.augment.geometry.Quad;
import dev.facet.augment.memory.NativeBlock;
import dev.facet.augment.memory.Pixels;

/**
 * What an aligned frame shows of a stored picture, turned upright: before resampling, which rounds
 * after each direction, so that their order shows. Reusable; not thread-safe.
 */
public final class UprightCut implements AutoCloseable {
  private final NativeBlock block = new NativeBlock();
  private final Pixels cut = new Pixels();
  private final Pixels turned = new Pixels();
  private final Turner turner = new Turner();

  /**
   * Cuts.
   *
   * @param quad the frame in pixels of {@code decoded}, aligned; its edges are rounded
   * @return valid until the next call, and as long as {@code decoded}
   */
  public Pixels of(Pixels decoded, Quad quad) {
    quad.cut(decoded, cut);
    if (!Turner.turns(quad)) {
      return cut;
    }
    int width = quad.transposed() ? cut.height() : cut.width();
    int height = quad.transposed() ? cut.width() : cut.height();
    turned.at(block.atLeast(3L * width * height), width, height);
    turner.turn(cut, quad, turned);
    return turned;
  }

  @Override
  public void close() {
    block.close();
    turner.close();
  }
}
