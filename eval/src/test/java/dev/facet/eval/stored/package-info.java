@NullMarked
package dev.facet.eval.stored;

import org.jspecify.annotations.NullMarked;
