/** Models in forms that other programs run. */
@NullMarked
package dev.facet.model.export;

import org.jspecify.annotations.NullMarked;
