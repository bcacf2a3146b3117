/** What pictures' headers say, whatever their names: no pixel is decoded here. */
@NullMarked
package dev.facet.loader.header;

import org.jspecify.annotations.NullMarked;
