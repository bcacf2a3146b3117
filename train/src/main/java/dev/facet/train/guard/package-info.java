/** What becomes of a step whose loss or gradients are of no use. */
@NullMarked
package dev.facet.train.guard;

import org.jspecify.annotations.NullMarked;
