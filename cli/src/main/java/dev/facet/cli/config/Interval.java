package dev.facet.cli.config;

/** Two numbers, written {@code [min, max]} in YAML. */
public record Interval(double min, double max) {}
