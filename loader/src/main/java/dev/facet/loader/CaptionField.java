package dev.facet.loader;

/**
 * A field that holds captions. Where all weights are 0, the first field of a row with a caption
 * that is not blank wins. Else fields are drawn by weight among those that have one, and a field's
 * captions share its weight.
 */
public record CaptionField(String name, double weight) {}
