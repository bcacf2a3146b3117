/** Captions as web pages have them, made readable. */
@NullMarked
package dev.facet.prepare.caption;

import org.jspecify.annotations.NullMarked;
