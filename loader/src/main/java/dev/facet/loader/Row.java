package dev.facet.loader;

import dev.facet.augment.Box;
import dev.facet.loader.BadSampleException.Reason;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One picture with its captions, as a source holds it.
 *
 * @param id unique within the dataset
 * @param source where it came from: file and place in it, or the original address
 * @param image encoded bytes (JPEG, PNG, WebP ...), a read-only view from position to limit
 * @param captions at least one, none blank
 * @param box face box in the displayed picture, if known
 * @param labels attributes by name, possibly empty
 */
public record Row(
    String id,
    String source,
    ByteBuffer image,
    List<String> captions,
    @Nullable Box box,
    Map<String, String> labels) {

  /**
   * A row out of what a source found: blank captions are dropped.
   *
   * @param image null if there is none
   * @param box left, top, right, bottom; empty if there is none
   * @throws BadSampleException if what is left cannot be used
   */
  public static Row of(
      String id,
      String source,
      @Nullable ByteBuffer image,
      List<String> captions,
      List<Double> box,
      Map<String, String> labels)
      throws BadSampleException {
    List<String> usable = captions.stream().filter(caption -> !caption.isBlank()).toList();
    if (usable.isEmpty()) {
      throw new BadSampleException(Reason.NO_CAPTION, id + " has no caption that is not blank");
    }
    if (image == null) {
      throw new BadSampleException(Reason.MISSING, id + " has no image");
    }
    if (!image.hasRemaining()) {
      throw new BadSampleException(Reason.CORRUPT, "the image of " + id + " is empty (0 bytes)");
    }
    return new Row(id, source, image, usable, box(id, box), labels);
  }

  private static @Nullable Box box(String id, List<Double> edges) throws BadSampleException {
    if (edges.isEmpty()) {
      return null;
    }
    if (edges.size() != 4 || !edges.stream().allMatch(Double::isFinite)) {
      throw new BadSampleException(
          Reason.BAD_BOX, "box " + edges + " of " + id + " is not four numbers [x1, y1, x2, y2]");
    }
    return new Box(edges.get(0), edges.get(1), edges.get(2), edges.get(3));
  }
}
