/** The resampled square while operations work on it, its colour change, and its way to floats. */
@NullMarked
package dev.facet.augment.canvas;

import org.jspecify.annotations.NullMarked;
