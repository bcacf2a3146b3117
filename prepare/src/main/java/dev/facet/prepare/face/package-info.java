/** Boxes as published data sets write them, and the pictures that are cut out by them. */
@NullMarked
package dev.facet.prepare.face;

import org.jspecify.annotations.NullMarked;
