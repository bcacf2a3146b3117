package dev.facet.model;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;

/**
 * Something of a model that runs in one go.
 *
 * @param name for people, in the plural
 * @param run without gradients
 * @param learns whether training takes gradients through it
 */
public record ForwardPass(String name, UnaryOperator<NDArray> run, boolean learns) {}
