@NullMarked
package dev.facet.loader.order;

import org.jspecify.annotations.NullMarked;
