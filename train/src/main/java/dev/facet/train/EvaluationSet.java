package dev.facet.train;

/**
 * A held-out set that is scored while a model learns.
 *
 * @param name in the log
 * @param every steps between two evaluations; 0 is only at the end
 */
public record EvaluationSet(String name, int every, Evaluation evaluation) {}
