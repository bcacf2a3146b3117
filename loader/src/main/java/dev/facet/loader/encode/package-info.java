/** From pixels to the bytes of a picture. */
@NullMarked
package dev.facet.loader.encode;

import org.jspecify.annotations.NullMarked;
