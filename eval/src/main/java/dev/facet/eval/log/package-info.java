/** What a training run leaves on disk about itself, line by line, and how to read it back. */
@NullMarked
package dev.facet.eval.log;

import org.jspecify.annotations.NullMarked;
