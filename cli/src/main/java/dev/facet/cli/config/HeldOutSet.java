package dev.facet.cli.config;

import dev.facet.cli.settings.EvalSet;

/**
 * A held-out set as a run scores it.
 *
 * @param every steps between evaluations while training goes on; 0 is none before the end
 * @param config of the run, its {@code data} and {@code data.eval_split} being those of the set
 */
public record HeldOutSet(String name, EvalSet.Use use, int every, Config config) {}
