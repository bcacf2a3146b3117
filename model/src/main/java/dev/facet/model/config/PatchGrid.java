package dev.facet.model.config;

/**
 * A square picture cut into square patches; pixels that fill none, at the right and at the bottom,
 * are not seen.
 *
 * @param imageSize side of the picture in pixels
 * @param patchSize side of a patch in pixels
 */
public record PatchGrid(int imageSize, int patchSize) {
  /** Patches along a side. */
  public int side() {
    return imageSize / patchSize;
  }
}
