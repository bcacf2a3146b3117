@NullMarked
package dev.facet.loader.storage;

import org.jspecify.annotations.NullMarked;
