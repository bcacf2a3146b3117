/** From a row to the picture and the caption that a model sees, and whether that is possible. */
@NullMarked
package dev.facet.loader.picture;

import org.jspecify.annotations.NullMarked;
