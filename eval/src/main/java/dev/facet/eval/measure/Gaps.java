package dev.facet.eval.measure;

import java.util.SequencedMap;

/**
 * The largest gap of every figure.
 *
 * @param imageToText by figure, a picture as the query
 * @param textToImage by figure, a caption as the query
 * @param rsum that of R-sum
 */
public record Gaps(
    SequencedMap<String, Gap> imageToText, SequencedMap<String, Gap> textToImage, Gap rsum) {}
