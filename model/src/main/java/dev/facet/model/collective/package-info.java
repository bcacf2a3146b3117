/** What replicas of a model do together. */
@NullMarked
package dev.facet.model.collective;

import org.jspecify.annotations.NullMarked;
