/**
 * What is published without pictures: tables that hold addresses, captions and boxes, and files of
 * vectors.
 */
@NullMarked
package dev.facet.prepare.source;

import org.jspecify.annotations.NullMarked;
