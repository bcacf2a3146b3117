/** What a linear classifier can read out of the vectors of pictures. */
@NullMarked
package dev.facet.eval.probe;

import org.jspecify.annotations.NullMarked;
