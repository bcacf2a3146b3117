/** What each command does, wired from the rooms. */
@NullMarked
package dev.facet.cli.work;

import org.jspecify.annotations.NullMarked;
