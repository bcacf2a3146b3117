package dev.facet.prepare.face;

import dev.facet.loader.picture.BoxSpace;
import dev.facet.prepare.photo.PhotoHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the boxes of a row: the JSON list {@code [x1, y1, x2, y2]}, or a JSON list of such lists or
 * of texts that hold them, one for each face.
 */
public final class FaceBoxes {

  /**
   * @param space which picture the numbers refer to, and those that are returned
   */
  public FaceBoxes(BoxSpace space) {

  }

  /**
   * The faces that a text names.
   *
   * @param text null and blank mean that there is none
   * @return at least one
   */
  public List<Face> of(@Nullable String text, PhotoHeader photo) {
    return List.of(new Face.Unusable("no_box"));
  }

  /**
   * The faces of a column of several texts.
   *
   * @param texts each as {@link #of(String, PhotoHeader)} reads it
   * @return at least one
   */
  public List<Face> of(List<@Nullable String> texts, PhotoHeader photo) {
    return List.of(new Face.Unusable("no_box"));
  }

  /**
   * The face of four numbers, {@code [x1, y1, x2, y2]}.
   *
   * @param edges null if there is none
   */
  public Face of(double @Nullable [] edges, PhotoHeader photo) {
    return new Face.Unusable("no_box");
  }
}
