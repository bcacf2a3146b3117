/** From the bytes of a picture to a whole, decoded photo, or the reason why it is none. */
@NullMarked
package dev.facet.prepare.photo;

import org.jspecify.annotations.NullMarked;
