/** From encoded pictures to pixels. */
@NullMarked
package dev.facet.loader.decode;

import org.jspecify.annotations.NullMarked;
