/** What {@code facet runs} does: finds runs in folders and holds them side by side. */
@NullMarked
package dev.facet.cli.runs;

import org.jspecify.annotations.NullMarked;
