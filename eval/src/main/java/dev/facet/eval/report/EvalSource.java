package dev.facet.eval.report;

/**
 * Where a result comes from.
 *
 * @param checkpoint the checkpoint or pretrained model, as the user named it
 * @param dataset the evaluation data, as the user named it
 * @param split the part of it, such as "test"
 * @param step optimizer steps behind the checkpoint; 0 for a model not trained here
 * @param identity the same for all evaluations of weights at this place, on this data and split,
 *     with the same settings
 */
public record EvalSource(
    String checkpoint, String dataset, String split, long step, String identity) {}
