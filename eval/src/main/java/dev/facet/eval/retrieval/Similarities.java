package dev.facet.eval.retrieval;

/**
 * Scores of captions and pictures, cosines where rows have unit length.
 *
 * @param right of captions and a picture that is right for them
 * @param wrong of captions and pictures that are not
 */
public record Similarities(float[] right, float[] wrong) {}
