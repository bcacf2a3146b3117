/** What a loader's threads spend their time on, counted without a lock. */
@NullMarked
package dev.facet.loader.stats;

import org.jspecify.annotations.NullMarked;
