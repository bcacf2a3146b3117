@NullMarked
package dev.facet.eval.log;

import org.jspecify.annotations.NullMarked;
