/** What the command line asks for, once it is known to be good: its requests, and who does them. */
@NullMarked
package dev.facet.cli.request;

import org.jspecify.annotations.NullMarked;
