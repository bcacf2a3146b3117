/** Names that other programs give to a model's weights, and what a set of names tells. */
@NullMarked
package dev.facet.model.names;

import org.jspecify.annotations.NullMarked;
