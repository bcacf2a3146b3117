@NullMarked
package dev.facet.eval.classification;

import org.jspecify.annotations.NullMarked;
