/** What is left out of a data set on purpose, each rule optional and counted by name. */
@NullMarked
package dev.facet.prepare.filter;

import org.jspecify.annotations.NullMarked;
