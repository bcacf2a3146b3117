@NullMarked
package dev.facet.cli.inspect;

import org.jspecify.annotations.NullMarked;
