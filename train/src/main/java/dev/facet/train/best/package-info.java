/** Which weights of a run are kept as its best, and when they are good enough to end it. */
@NullMarked
package dev.facet.train.best;

import org.jspecify.annotations.NullMarked;
