@NullMarked
package dev.facet.base;

import org.jspecify.annotations.NullMarked;
