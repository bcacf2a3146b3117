/**
 * A list of pictures as one compact file that is mapped into memory: made once, read without
 * parsing.
 */
@NullMarked
package dev.facet.loader.index;

import org.jspecify.annotations.NullMarked;
