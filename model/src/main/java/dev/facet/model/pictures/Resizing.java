package dev.facet.model.pictures;

/**
 * How a picture becomes the square that a model takes.
 *
 * @param squash both sides become the size, whatever the aspect; else the shorter one does, and the
 *     centre is cut out
 * @param filter Pillow's number of the resampling filter
 * @param cut where the centre is cut out
 */
public record Resizing(boolean squash, int filter, Cut cut) {
  /**
   * Whose way of cutting the centre out. Where an odd number of pixels is left over the two may be
   * one pixel apart.
   */
  public enum Cut {
    /** The image processors of transformers round down. */
    HUGGING_FACE,
    /**
     * Torchvision's CenterCrop, with which open_clip evaluates, rounds to the nearest even place.
     */
    TORCHVISION
  }

  public static final int BILINEAR = 2;
  public static final int BICUBIC = 3;

  /** CLIP's own. */
  public static final Resizing CLIP = new Resizing(false, BICUBIC);

  /** SigLIP's and FLIP's. */
  public static final Resizing SQUASH = new Resizing(true, BICUBIC);

  /** Hugging Face's. */
  public Resizing(boolean squash, int filter) {
    this(squash, filter, Cut.HUGGING_FACE);
  }

  /** The same with the centre cut out another way. */
  public Resizing cut(Cut otherwise) {
    return new Resizing(squash, filter, otherwise);
  }

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
