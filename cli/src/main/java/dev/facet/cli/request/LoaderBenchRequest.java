package dev.facet.cli.request;

import dev.facet.cli.config.Config;
import dev.facet.loader.picture.PixelType;
import java.util.List;

/**
 * A measurement of the loader.
 *
 * @param split of the data that is read
 * @param threads numbers of worker threads to try; 0 = one per core
 * @param runs measurements for each of them, of which the median counts
 * @param seconds to measure in each run, after a warm-up
 * @param pixels what the batches hold
 * @param json whether to print figures for machines
 */
public record LoaderBenchRequest(
    Config config,
    String split,
    List<Integer> threads,
    int runs,
    int seconds,
    PixelType pixels,
    boolean json) {}
