/** How fast pictures are fetched, beside other clients, and what the server itself can do. */
@NullMarked
package dev.facet.bench.fetch;

import org.jspecify.annotations.NullMarked;
