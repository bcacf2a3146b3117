package dev.facet.model.pictures;

/**
 * How a picture becomes the square that a model takes.
 *
 * @param squash both sides become the size, whatever the aspect; else the shorter one does, and the
 *     centre is cut out
 * @param filter Pillow's number of the resampling filter
 */
public record Resizing(boolean squash, int filter) {
  public static final int BILINEAR = 2;
  public static final int BICUBIC = 3;

  /** CLIP's own. */
  public static final Resizing CLIP = new Resizing(false, BICUBIC);

  /** SigLIP's and FLIP's. */
  public static final Resizing SQUASH = new Resizing(true, BICUBIC);

  /** For messages. */
  @Override
  public String toString() {
    return (squash ? "squash, " : "shortest, ")
        + switch (filter) {
          case BILINEAR -> "bilinear";
          case BICUBIC -> "bicubic";
          default -> "Pillow's filter " + filter;
        };
  }
}
