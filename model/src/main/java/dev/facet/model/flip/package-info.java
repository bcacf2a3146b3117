/** FLIP: sizes, towers, what its files call them, and its own training and second look. */
@NullMarked
package dev.facet.model.flip;

import org.jspecify.annotations.NullMarked;
