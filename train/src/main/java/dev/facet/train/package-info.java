@NullMarked
package dev.facet.train;

import org.jspecify.annotations.NullMarked;
