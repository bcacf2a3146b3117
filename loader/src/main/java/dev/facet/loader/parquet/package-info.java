/** Parquet's own encodings, from bytes to columns of values; every length is checked first. */
@NullMarked
package dev.facet.loader.parquet;

import org.jspecify.annotations.NullMarked;
