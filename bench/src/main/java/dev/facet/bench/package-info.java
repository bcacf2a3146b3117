@NullMarked
package dev.facet.bench;

import org.jspecify.annotations.NullMarked;
