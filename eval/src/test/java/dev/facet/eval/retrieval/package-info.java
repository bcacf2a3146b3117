@NullMarked
package dev.facet.eval.retrieval;

import org.jspecify.annotations.NullMarked;
