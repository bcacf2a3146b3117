/** What a config says, section by section; how it is read and checked is another matter. */
@NullMarked
package dev.facet.cli.settings;

import org.jspecify.annotations.NullMarked;
