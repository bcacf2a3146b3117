package dev.facet.prepare.plan;

/**
 * Rows that cannot be read.
 *
 * @param first number of the first in its file
 * @param why a sentence that names the place
 */
public record UnreadableRows(String file, long first, long count, String why) {}
