@NullMarked
package dev.facet.prepare;

import org.jspecify.annotations.NullMarked;
