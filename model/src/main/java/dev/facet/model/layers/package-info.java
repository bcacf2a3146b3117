/** What towers are built of: blocks whose weights carry the names of published files. */
@NullMarked
package dev.facet.model.layers;

import org.jspecify.annotations.NullMarked;
