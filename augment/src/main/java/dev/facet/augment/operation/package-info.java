/** The ways in which a training picture varies: one record each, with range, default and source. */
@NullMarked
package dev.facet.augment.operation;

import org.jspecify.annotations.NullMarked;
