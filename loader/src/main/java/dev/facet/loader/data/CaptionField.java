package dev.facet.loader.data;

/**
 * A field that holds captions. Of a row's fields with a weight above 0, those that have a caption
 * that is not blank are drawn by weight, and a field's captions share its weight. Where there is
 * none, the first field of weight 0 that has one wins.
 */
public record CaptionField(String name, double weight) {}
