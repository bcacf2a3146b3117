/** What people asked to be removed, and must not come back. */
@NullMarked
package dev.facet.prepare.takedown;

import org.jspecify.annotations.NullMarked;
