@NullMarked
package dev.facet.eval.probe;

import org.jspecify.annotations.NullMarked;
