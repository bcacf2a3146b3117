/**
 * Reads encoded pictures from files, without an object per file, and never from outside the data.
 */
@NullMarked
package dev.facet.loader.files;

import org.jspecify.annotations.NullMarked;
