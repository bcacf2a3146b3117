@NullMarked
package dev.facet.augment;

import org.jspecify.annotations.NullMarked;
