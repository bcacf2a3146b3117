/** Text files as people write them: encodings, lines and records of CSV. */
@NullMarked
package dev.facet.loader.text;

import org.jspecify.annotations.NullMarked;
