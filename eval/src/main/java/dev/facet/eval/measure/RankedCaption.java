package dev.facet.eval.measure;

/**
 * What became of a caption as a query.
 *
 * @param caption its text
 * @param rank of its picture, from 1
 * @param precision its average precision
 */
public record RankedCaption(String caption, double rank, double precision) {}
