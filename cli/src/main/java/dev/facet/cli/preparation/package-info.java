/** {@code facet prepare} in all its forms, with what it tells. */
@NullMarked
package dev.facet.cli.preparation;

import org.jspecify.annotations.NullMarked;
