package dev.facet.cli.command;

import dev.facet.cli.config.Config;

/**
 * A training run.
 *
 * @param resume whether to go on from the newest checkpoint in {@code config.run().dir()}; if not,
 *     that folder holds no run yet
 */
public record TrainRequest(Config config, boolean resume) {}
