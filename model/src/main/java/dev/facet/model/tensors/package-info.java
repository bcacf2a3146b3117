/** Weights on their way between files and libtorch. */
@NullMarked
package dev.facet.model.tensors;

import org.jspecify.annotations.NullMarked;
