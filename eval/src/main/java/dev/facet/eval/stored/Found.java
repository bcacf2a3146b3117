package dev.facet.eval.stored;

import java.util.List;

/**
 * A picture or a caption that a search found.
 *
 * @param id of the picture; of a caption, that of the picture it belongs to
 * @param row of the data that was embedded, from 0
 * @param captions of the picture; of a caption, its text
 * @param score dot product of unit vectors: the cosine
 */
public record Found(String id, long row, List<String> captions, double score) {}
