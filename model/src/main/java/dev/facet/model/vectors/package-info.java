/** Models that learn from stored vectors in place of pictures. */
@NullMarked
package dev.facet.model.vectors;

import org.jspecify.annotations.NullMarked;
