package dev.facet.augment.resample;

import dev.facet.augment.geometry.Quad;
import dev.facet.augment.memory.Pixels;

/**
 * Brings what a frame shows into the square as published models were evaluated: Pillow's filters on
 * the upright picture. Not thread-safe.
 */
public final class EvaluationResampler implements AutoCloseable {
  private final int size;
  private final ResizeMode mode;
  private final CropRounding rounding;
  private final PillowResampler resampler;
  private final UprightCut upright = new UprightCut();

  /**
   * @param size side of the result
   * @param mode how what is seen becomes a square
   * @param rounding where the centre is cut out, if that is how
   */
  public EvaluationResampler(
      int size, ResizeMode mode, CropRounding rounding, Interpolation interpolation) {
    this.size = size;
    this.mode = mode;
    this.rounding = rounding;
    this.resampler = new PillowResampler(interpolation);
  }

  /**
   * Fills the target.
   *
   * @param quad the frame in pixels of {@code decoded}, aligned; its edges are rounded
   */
  public void resample(Pixels decoded, Quad quad, Pixels target) {
    Pixels shown = upright.of(decoded, quad);
    if (mode == ResizeMode.SQUASH) {
      resampler.resize(shown, size, size, 0, 0, target);
      return;
    }
    CentreSquare cut = CentreSquare.of(shown.width(), shown.height(), size, rounding);
    resampler.resize(shown, cut.width(), cut.height(), cut.left(), cut.top(), target);
  }

  @Override
  public void close() {
    resampler.close();
    upright.close();
  }
}
