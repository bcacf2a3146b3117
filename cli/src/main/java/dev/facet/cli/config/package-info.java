@NullMarked
package dev.facet.cli.config;

import org.jspecify.annotations.NullMarked;
