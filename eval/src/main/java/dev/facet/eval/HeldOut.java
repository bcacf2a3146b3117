package dev.facet.eval;

import dev.facet.eval.retrieval.Embeddings;
import java.util.List;

/**
 * A held-out split as a model sees it.
 *
 * @param images unit vectors, one row per readable picture
 * @param captions unit vectors, one row per caption
 * @param imageOfCaption the image row of each caption
 * @param captionIds equal for captions of equal text
 * @param texts the captions
 * @param rows dataset row of each image
 * @param skipped pictures that could not be read
 */
public record HeldOut(
    Embeddings images,
    Embeddings captions,
    int[] imageOfCaption,
    long[] captionIds,
    List<String> texts,
    long[] rows,
    long skipped) {}
