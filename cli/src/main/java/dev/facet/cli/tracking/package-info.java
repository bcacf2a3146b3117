/** Tells MLflow of a run. */
@NullMarked
package dev.facet.cli.tracking;

import org.jspecify.annotations.NullMarked;
