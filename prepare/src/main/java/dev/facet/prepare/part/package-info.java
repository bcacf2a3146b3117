/**
 * A part of the plan: from rows to samples, kept in a file that a killed process can go on with.
 */
@NullMarked
package dev.facet.prepare.part;

import org.jspecify.annotations.NullMarked;
