package dev.facet.prepare.face;

import dev.facet.prepare.photo.Photo;
import dev.facet.prepare.photo.PhotoHeader;
import java.util.List;

/** Cuts faces out of photos. One per thread; owns that thread's native memory. */
public final class Cropper implements AutoCloseable {
  private @org.jspecify.annotations.Nullable Crop made;

  public Cropper(CropSettings settings) {

  }

  /**
   * What is to be cut out, nothing decoded yet.
   *
   * @param faces of one row, as {@link FaceBoxes} read them
   * @return one for each sample or loss of the row
   */
  public List<Cutting> plan(PhotoHeader photo, List<Face> faces) {
    return List.of();
  }

  /**
   * The most by which a JPEG may be shrunk while it is decoded: 1, 2, 4 or 8.
   *
   * @param cuts of all rows of the photo
   */
  public int reduction(PhotoHeader photo, List<Cutting> cuts) {
    return 1;
  }

  /** Cuts one out. */
  public Crop crop(Photo photo, Cutting.Cut cut) {
    return java.util.Objects.requireNonNull(made);
  }

  @Override
  public void close() {}
}
