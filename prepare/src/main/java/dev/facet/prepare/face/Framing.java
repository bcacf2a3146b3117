package dev.facet.prepare.face;

import dev.facet.augment.geometry.Box;
import dev.facet.loader.picture.BoxSpace;
import dev.facet.prepare.face.CropSettings.Edge;
import dev.facet.prepare.face.CropSettings.Region;
import dev.facet.prepare.face.CropSettings.Sized;
import dev.facet.prepare.face.CropSettings.WithoutBox;
import dev.facet.prepare.photo.PhotoHeader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arithmetic of crops: which rectangle of the displayed picture, and how large it becomes. */
final class Framing {
  /** Pixels of a result's longer side; a long strip is enlarged no further. */
  private static final int MOST_SIDE = 16_384;

  private final CropSettings settings;

  Framing(CropSettings settings) {
    this.settings = settings;
  }

  List<Cutting> plan(PhotoHeader photo, List<Face> faces) {
    if (settings.region() == Region.WHOLE) {
      List<Face.Found> found =
          faces.stream().filter(Face.Found.class::isInstance).map(Face.Found.class::cast).toList();
      return List.of(whole(photo, found.size() == 1 ? shown(photo, found.getFirst()) : null));
    }
    List<Cutting> cuts = new ArrayList<>();
    for (Face face : faces) {
      cuts.add(
          switch (face) {
            case Face.Found found -> around(photo, found);
            case Face.Unusable unusable ->
                unusable.equals(FaceBoxes.NO_BOX) && settings.withoutBox() == WithoutBox.WHOLE
                    ? whole(photo, null)
                    : new Cutting.None(unusable.reason());
          });
    }
    return cuts;
  }

  private Cutting around(PhotoHeader photo, Face.Found face) {
    if (Math.min(face.width(), face.height()) < settings.minFace()) {
      return new Cutting.None("small_face");
    }
    Box box = shown(photo, face);
    double width = box.width() * (1 + 2 * settings.margin());
    double height = box.height() * (1 + 2 * settings.margin());
    if (settings.square()) {
      width = Math.max(width, height);
      height = width;
    }
    int[] across = span(box.x1() + box.x2(), width, photo.shownWidth());
    int[] down = span(box.y1() + box.y2(), height, photo.shownHeight());
    return sized(across[0], down[0], across[1], down[1], box);
  }

  private Cutting whole(PhotoHeader photo, @Nullable Box box) {
    return sized(0, 0, photo.shownWidth(), photo.shownHeight(), box);
  }

  /**
   * Where a length lies around a middle, in whole pixels.
   *
   * @param ends sum of both ends of what it is laid around
   */
  private int[] span(double ends, double length, int picture) {
    long pixels = Math.max(1, Math.round(length));
    long from = (long) Math.floor((ends - pixels + 1) / 2);
    if (settings.edge() == Edge.SHIFT) {
      from = Math.max(0, Math.min(from, picture - pixels));
    }
    return new int[] {Math.clamp(from, 0, picture - 1), Math.clamp(from + pixels, 1, picture)};
  }

  private Cutting sized(int left, int top, int right, int bottom, @Nullable Box box) {
    int width = right - left;
    int height = bottom - top;
    double scale = scale(width, height);
    int newWidth = (int) Math.max(1, Math.round(scale * width));
    int newHeight = (int) Math.max(1, Math.round(scale * height));
    return new Cutting.Cut(
        left,
        top,
        right,
        bottom,
        newWidth,
        newHeight,
        box == null
            ? null
            : new Box(
                (box.x1() - left) * newWidth / width,
                (box.y1() - top) * newHeight / height,
                (box.x2() - left) * newWidth / width,
                (box.y2() - top) * newHeight / height));
  }

  private double scale(int width, int height) {
    if (settings.size() == 0) {
      return 1;
    }
    int longer = Math.max(width, height);
    int side = settings.sized() == Sized.LONGER ? longer : Math.min(width, height);
    double scale = (double) settings.size() / side;
    if (scale > 1) {
      return settings.enlarge() ? Math.clamp((double) MOST_SIDE / longer, 1, scale) : 1;
    }
    return scale;
  }

  /** The box in the displayed picture. */
  private Box shown(PhotoHeader photo, Face.Found face) {
    double[] box = {face.left(), face.top(), face.right(), face.bottom()};
    if (settings.boxSpace() == BoxSpace.STORED) {
      photo.orientation().show(box, photo.shownWidth(), photo.shownHeight());
    }
    return new Box(box[0], box[1], box[2], box[3]);
  }
}
