/** Vectors joined to the captions that have the same ids, at the size of a data set. */
@NullMarked
package dev.facet.prepare.embedding;

import org.jspecify.annotations.NullMarked;
