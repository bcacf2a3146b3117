/** Copies and near copies of photos, among millions, without comparing all pairs. */
@NullMarked
package dev.facet.prepare.duplicates;

import org.jspecify.annotations.NullMarked;
