/** What an evaluation has to say of pictures by their labels. */
@NullMarked
package dev.facet.cli.label;

import org.jspecify.annotations.NullMarked;
