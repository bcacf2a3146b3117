package dev.facet.prepare.source;

import java.nio.file.Path;

/**
 * A file of a table.
 *
 * @param name relative to the root, with slashes; of a root that is a file, its name
 * @param bytes its length
 * @param rows as its footer has them; -1 if only reading tells
 */
public record TableFile(String name, Path path, long bytes, long rows) {}
