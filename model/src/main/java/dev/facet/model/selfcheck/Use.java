package dev.facet.model.selfcheck;

/**
 * What a run does with a model.
 *
 * @param batch pictures, and captions, at a time
 * @param pairs altogether, which says how long the run is
 * @param training whether weights learn from it
 */
public record Use(int batch, long pairs, boolean training) {}
