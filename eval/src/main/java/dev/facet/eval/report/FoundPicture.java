package dev.facet.eval.report;

/** One picture in the gallery. */
public final class FoundPicture {
  private final byte[] jpeg;
  private final double score;
  private final boolean right;

  /**
   * @param jpeg an encoded thumbnail
   * @param score its score for the caption
   * @param right whether it is a right answer
   */
  public FoundPicture(byte[] jpeg, double score, boolean right) {
    this.jpeg = jpeg.clone();
    this.score = score;
    this.right = right;
  }

  byte[] jpeg() {
    return jpeg;
  }

  double score() {
    return score;
  }

  boolean right() {
    return right;
  }
}
