package dev.facet.cli.request;

import java.nio.file.Path;

/**
 * A built-in picture set to draw.
 *
 * @param out folder to make; it does not exist yet
 * @param testShare share of the pictures in the split "test"
 * @param threads at least 1
 */
public record SynthRequest(Path out, int count, long seed, double testShare, int threads) {}
