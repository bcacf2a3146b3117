/** How long a run is, and how its learning rate changes from step to step. */
@NullMarked
package dev.facet.train.schedule;

import org.jspecify.annotations.NullMarked;
