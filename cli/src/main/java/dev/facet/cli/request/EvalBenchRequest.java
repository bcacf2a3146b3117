package dev.facet.cli.request;

import java.nio.file.Path;

/**
 * A measurement of ranking.
 *
 * @param queries that are ranked
 * @param candidates that each is ranked among, at least as many
 * @param width numbers of a vector
 * @param threads that rank, and that multiply
 * @param seconds how long plain products are measured, before and after
 * @param work folder for the vectors, which goes again
 * @param json whether to print figures for machines
 */
public record EvalBenchRequest(
    int queries, int candidates, int width, int threads, int seconds, Path work, boolean json) {}
