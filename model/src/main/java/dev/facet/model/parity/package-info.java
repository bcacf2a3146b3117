/** A model against reference numbers that another program computed with the same weights. */
@NullMarked
package dev.facet.model.parity;

import org.jspecify.annotations.NullMarked;
