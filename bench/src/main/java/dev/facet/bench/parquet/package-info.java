/** Our reader of Parquet beside those of libraries: how fast, and what damaged files do to each. */
@NullMarked
package dev.facet.bench.parquet;

import org.jspecify.annotations.NullMarked;
