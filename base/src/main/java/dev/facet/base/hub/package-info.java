/** Models and data sets by their names on the Hub, in the cache that its Python programs share. */
@NullMarked
package dev.facet.base.hub;

import org.jspecify.annotations.NullMarked;
