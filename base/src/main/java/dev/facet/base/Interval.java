package dev.facet.base;

/** Two numbers, written {@code [min, max]} in YAML. */
public record Interval(double min, double max) {}
