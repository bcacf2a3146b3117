package dev.facet.eval.retrieval;

/**
 * Tells how well a picture and a caption that are read together fit: what is added to their
 * similarity when the best by similarity are ordered anew.
 */
public interface SecondLook {
  /** A picture beside captions; a number for each of them. */
  float[] atCaptions(int image, int[] captions);

  /** A caption beside pictures; a number for each of them. */
  float[] atImages(int caption, int[] images);
}
