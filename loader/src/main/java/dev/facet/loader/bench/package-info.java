@NullMarked
package dev.facet.loader.bench;

import org.jspecify.annotations.NullMarked;
