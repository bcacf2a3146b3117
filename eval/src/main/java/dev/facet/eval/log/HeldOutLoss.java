package dev.facet.eval.log;

/**
 * The loss of held-out pairs.
 *
 * @param mean over batches; NaN where there is no batch of two pairs
 * @param batch pairs in each, without which the mean says nothing: more pairs are more to confuse
 */
public record HeldOutLoss(double mean, int batch) {}
