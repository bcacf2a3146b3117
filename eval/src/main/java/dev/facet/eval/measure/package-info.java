/** Figures of an evaluation, and how sure they are. */
@NullMarked
package dev.facet.eval.measure;

import org.jspecify.annotations.NullMarked;
