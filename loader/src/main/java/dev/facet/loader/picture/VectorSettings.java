package dev.facet.loader.picture;

/**
 * Stored vectors in the pictures' places: float32 [size, width] in a batch.
 *
 * @param width numbers of each; a row of another width is a bad sample
 * @param normalise whether each is scaled to length 1; else it is as the file has it
 */
public record VectorSettings(int width, boolean normalise) implements PictureInput {
  @Override
  public long bytes() {
    return (long) Float.BYTES * width;
  }

  @Override
  public String text() {
    return "vectors of " + width + " numbers";
  }
}
