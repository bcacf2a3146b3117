/** Vectors that stand in columns of Parquet, in place of the pictures they were made of. */
@NullMarked
package dev.facet.loader.vector;

import org.jspecify.annotations.NullMarked;
