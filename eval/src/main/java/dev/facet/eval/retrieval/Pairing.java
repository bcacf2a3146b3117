package dev.facet.eval.retrieval;

/**
 * Which captions belong to which pictures. A picture stands once however many rows show it, and a
 * caption once for its picture.
 *
 * @param imageOfCaption the image row of every caption
 * @param captionIds equal for captions that a model cannot tell apart, such as a 64-bit hash
 * @param repeatedImages how many rows of the data showed a picture that was there already
 * @param repeatedCaptions how many captions of the data their picture had already
 */
public record Pairing(
    int[] imageOfCaption, long[] captionIds, long repeatedImages, long repeatedCaptions) {

  public Pairing {
    if (imageOfCaption.length != captionIds.length) {
      throw new IllegalArgumentException(
          imageOfCaption.length + " captions have an image, " + captionIds.length + " an id");
    }
  }

  /** Of data that repeats nothing. */
  public Pairing(int[] imageOfCaption, long[] captionIds) {
    this(imageOfCaption, captionIds, 0, 0);
  }
}
