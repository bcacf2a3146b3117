@NullMarked
package dev.facet.cli.command;

import org.jspecify.annotations.NullMarked;
