/** What only the whole can tell: copies, sides, the order of the shards. */
@NullMarked
package dev.facet.prepare.whole;

import org.jspecify.annotations.NullMarked;
