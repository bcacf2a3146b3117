package dev.facet.eval.retrieval;

/**
 * One picture found for a caption.
 *
 * @param image its row
 * @param score dot product with the caption; the cosine where embeddings have unit length
 * @param right whether it is a positive of the caption
 */
public record Hit(int image, float score, boolean right) {}
