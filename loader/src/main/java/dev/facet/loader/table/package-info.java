/** Tables that hold no pictures: their rows one after the other, however large the file is. */
@NullMarked
package dev.facet.loader.table;

import org.jspecify.annotations.NullMarked;
