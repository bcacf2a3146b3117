package dev.facet.eval.measure;

/**
 * Where a figure lies with the stated confidence.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {}
