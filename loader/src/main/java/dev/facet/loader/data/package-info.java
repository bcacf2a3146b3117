/** Rows, and the data sets that hold them. */
@NullMarked
package dev.facet.loader.data;

import org.jspecify.annotations.NullMarked;
