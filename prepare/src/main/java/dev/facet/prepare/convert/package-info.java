/** Data sets in the forms that other programs read. */
@NullMarked
package dev.facet.prepare.convert;

import org.jspecify.annotations.NullMarked;
