@NullMarked
package dev.facet.eval;

import org.jspecify.annotations.NullMarked;
