/** Weights in files: what tensors there are, and their bytes as views of memory maps. */
@NullMarked
package dev.facet.model.weights;

import org.jspecify.annotations.NullMarked;
