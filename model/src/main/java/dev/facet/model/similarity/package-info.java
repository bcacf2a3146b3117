/** Dot products of many vectors, as libtorch makes them. */
@NullMarked
package dev.facet.model.similarity;

import org.jspecify.annotations.NullMarked;
