package dev.facet.eval.measure;

/**
 * A caption whose picture stands elsewhere in another evaluation.
 *
 * @param picture the picture's id
 * @param row the first row that shows it
 * @param before the rank in the first evaluation
 * @param after the rank in the second
 */
public record Moved(String picture, long row, String caption, double before, double after) {}
