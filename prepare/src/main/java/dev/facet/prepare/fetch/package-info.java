/**
 * From an address to the bytes behind it, or to the reason why there are none. Servers are
 * strangers: whatever they do costs bounded time and memory, and one counted failure.
 */
@NullMarked
package dev.facet.prepare.fetch;

import org.jspecify.annotations.NullMarked;
