/** Addresses as they stand in tables and headers, and which of them may be asked. */
@NullMarked
package dev.facet.prepare.fetch.address;

import org.jspecify.annotations.NullMarked;
