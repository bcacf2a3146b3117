/** What data sets say of their pictures, row by row: attributes that figures are split by. */
@NullMarked
package dev.facet.eval.label;

import org.jspecify.annotations.NullMarked;
