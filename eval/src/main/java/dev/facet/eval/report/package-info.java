/** Retrieval figures for people and machines: console table, {@code eval.json}, report page. */
@NullMarked
package dev.facet.eval.report;

import org.jspecify.annotations.NullMarked;
