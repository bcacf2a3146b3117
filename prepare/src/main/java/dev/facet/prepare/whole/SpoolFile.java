package dev.facet.prepare.whole;

import java.nio.file.Path;

/**
 * A part that is done.
 *
 * @param name of the part, for files that are made of it
 * @param shuffled whether its rows are a random draw of the whole; else they lay together
 */
public record SpoolFile(Path path, String name, boolean shuffled) {}
