/** What this machine has of what Facet needs, and what is wrong with it. */
@NullMarked
package dev.facet.cli.doctor;

import org.jspecify.annotations.NullMarked;
