@NullMarked
package dev.facet.cli.console;

import org.jspecify.annotations.NullMarked;
