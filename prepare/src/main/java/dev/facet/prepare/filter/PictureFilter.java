package dev.facet.prepare.filter;

import dev.facet.augment.memory.Pixels;
import org.jspecify.annotations.Nullable;

/** The rules on a sample's picture. One per thread; owns that thread's native memory. */
public final class PictureFilter implements AutoCloseable {

  public PictureFilter(FilterSettings settings) {

  }

  /**
   * Why a row's faces are left out.
   *
   * @param faces number of usable boxes
   * @return {@code several_faces}, or null if they are not
   */
  public @Nullable String refusesFaces(int faces) {
    return null;
  }

  /**
   * Why a sample is left out that is not decoded yet.
   *
   * @param width pixels of the photo that it is cut from
   * @param height pixels of the photo that it is cut from
   * @return {@code low_resolution} or {@code aspect}, or null if it is not
   */
  public @Nullable String refusesSize(int width, int height) {
    return null;
  }

  /**
   * Why a sample is left out.
   *
   * @return {@code grey} or {@code blurred}, or null if it is not
   */
  public @Nullable String refusesLook(Pixels pixels) {
    return null;
  }

  @Override
  public void close() {}
}
