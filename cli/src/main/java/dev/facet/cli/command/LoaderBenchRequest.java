package dev.facet.cli.command;

import dev.facet.cli.config.Config;

/**
 * A measurement of the loader on the training split.
 *
 * @param seconds to measure, after a warm-up
 * @param json whether to print figures for machines
 */
public record LoaderBenchRequest(Config config, int seconds, boolean json) {}
