/**
 * From embeddings to a verdict: {@code retrieval} ranks, {@code log} keeps a run's figures, {@code
 * report} shows them.
 */
@NullMarked
package dev.facet.eval;

import org.jspecify.annotations.NullMarked;
