/** Where bad samples are noted. */
@NullMarked
package dev.facet.loader.quarantine;

import org.jspecify.annotations.NullMarked;
