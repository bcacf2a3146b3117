@NullMarked
package dev.facet.loader;

import org.jspecify.annotations.NullMarked;
