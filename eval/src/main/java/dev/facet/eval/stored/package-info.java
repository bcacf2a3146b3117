/** Embeddings on disk: written once for a data set, read by evaluation without the model. */
@NullMarked
package dev.facet.eval.stored;

import org.jspecify.annotations.NullMarked;
