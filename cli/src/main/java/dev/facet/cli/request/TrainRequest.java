package dev.facet.cli.request;

import dev.facet.cli.config.Config;
import dev.facet.train.RunDirectory;

/**
 * A training run.
 *
 * @param resume whether to go on from the newest checkpoint in {@code config.run().dir()}; if not,
 *     that folder holds no run yet
 * @param folder that folder, held by this process
 */
public record TrainRequest(Config config, boolean resume, RunDirectory folder) {}
