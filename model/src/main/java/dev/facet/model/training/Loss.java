package dev.facet.model.training;

import java.util.Map;

/**
 * The loss of a batch.
 *
 * @param total what gradients are taken of
 * @param parts what it is made of, by name; none where it is one
 */
public record Loss(float total, Map<String, Float> parts) {}
