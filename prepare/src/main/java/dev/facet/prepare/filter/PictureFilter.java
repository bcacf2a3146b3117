package dev.facet.prepare.filter;

import dev.facet.augment.memory.Pixels;
import dev.facet.augment.resample.AveragedCopy;
import org.jspecify.annotations.Nullable;

/** The rules on a sample's picture. One per thread; owns that thread's native memory. */
public final class PictureFilter implements AutoCloseable {
  /**
   * Pixels of the longer side at which pictures are looked at; smaller ones are taken as they are.
   * A blurred picture is as blurred at any size, and so is judged at one.
   */
  public static final int WORKING_SIDE = 256;

  private final FilterSettings settings;
  private final AveragedCopy copy = new AveragedCopy();

  public PictureFilter(FilterSettings settings) {
    this.settings = settings;
  }

  /**
   * Why a row's faces are left out.
   *
   * @param faces number of usable boxes
   * @return {@code several_faces}, or null if they are not
   */
  public @Nullable String refusesFaces(int faces) {
    return settings.maxFaces() > 0 && faces > settings.maxFaces() ? "several_faces" : null;
  }

  /**
   * Why a sample is left out that is not decoded yet.
   *
   * @param width pixels of the photo that it is cut from
   * @param height pixels of the photo that it is cut from
   * @return {@code low_resolution} or {@code aspect}, or null if it is not
   */
  public @Nullable String refusesSize(int width, int height) {
    int shorter = Math.min(width, height);
    if (shorter < settings.minSide()) {
      return "low_resolution";
    }
    boolean longish = Math.max(width, height) > settings.maxAspect() * shorter;
    return settings.maxAspect() > 0 && longish ? "aspect" : null;
  }

  /**
   * Why a sample is left out.
   *
   * @return {@code grey} or {@code blurred}, or null if it is not
   */
  public @Nullable String refusesLook(Pixels pixels) {
    if (!settings.dropGrey() && settings.minSharpness() == 0) {
      return null;
    }
    double scale = Math.min(1, (double) WORKING_SIDE / Math.max(pixels.width(), pixels.height()));
    int width = (int) Math.max(1, Math.round(scale * pixels.width()));
    int height = (int) Math.max(1, Math.round(scale * pixels.height()));
    Look look = Look.of(copy.colours(pixels, width, height), width, height);
    if (settings.dropGrey() && look.isGrey()) {
      return "grey";
    }
    return look.sharpness() < settings.minSharpness() ? "blurred" : null;
  }

  @Override
  public void close() {
    copy.close();
  }
}
