/** How well pictures are put into classes, whoever puts them there. */
@NullMarked
package dev.facet.eval.classification;

import org.jspecify.annotations.NullMarked;
