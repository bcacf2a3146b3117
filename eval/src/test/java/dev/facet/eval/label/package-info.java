@NullMarked
package dev.facet.eval.label;

import org.jspecify.annotations.NullMarked;
