/** Pixels in native memory, and how OpenCV sees them without an object per picture. */
@NullMarked
package dev.facet.augment.memory;

import org.jspecify.annotations.NullMarked;
