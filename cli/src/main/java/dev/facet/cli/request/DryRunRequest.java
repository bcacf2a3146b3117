package dev.facet.cli.request;

import dev.facet.cli.config.Config;

/**
 * A training run that is only to be looked at.
 *
 * @param config with stand-ins where its own settings cannot be used
 * @param data whether its data can be looked at: the settings of it hold, and it is there
 * @param model whether its model can be
 * @param steps whether what says how many steps there are holds
 */
public record DryRunRequest(Config config, boolean data, boolean model, boolean steps) {}
