package dev.facet.eval;

import dev.facet.eval.retrieval.Embeddings;
import dev.facet.eval.retrieval.Pairing;
import java.util.List;

/**
 * A held-out split as a model sees it.
 *
 * @param images unit vectors, one row per different picture that can be read
 * @param captions unit vectors, one row per caption, once for its picture
 * @param pairing which belong together
 * @param texts the captions
 * @param pictures the id of each image: the same wherever it has these bytes and this face
 * @param rows the first dataset row that shows each image
 * @param coverage how many rows could be used
 */
public record HeldOut(
    Embeddings images,
    Embeddings captions,
    Pairing pairing,
    List<String> texts,
    long[] pictures,
    long[] rows,
    Coverage coverage) {}
