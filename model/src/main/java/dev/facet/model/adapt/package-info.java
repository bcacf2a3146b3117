/** Which weights of a checkpoint learn, and what is put beside those that do not. */
@NullMarked
package dev.facet.model.adapt;

import org.jspecify.annotations.NullMarked;
