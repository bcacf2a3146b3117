/** Exact retrieval ranks and recall@K over plain embedding arrays. */
@NullMarked
package dev.facet.eval.retrieval;

import org.jspecify.annotations.NullMarked;
