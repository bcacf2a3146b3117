@NullMarked
package dev.facet.loader.source;

import org.jspecify.annotations.NullMarked;
