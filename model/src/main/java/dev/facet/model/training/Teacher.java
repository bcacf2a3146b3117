package dev.facet.model.training;

/**
 * A model that stays as it is and shows another how alike pairs are.
 *
 * @param model reads the same pixels and token ids
 * @param scale its factor on cosine similarities
 */
public record Teacher(Trainable model, double scale) {}
