package dev.facet.cli.request;

import java.nio.file.Path;

/**
 * What to remove from shards.
 *
 * @param list of what is meant
 * @param folder of the shards
 * @param json whether the result is printed as JSON
 */
public record TakeDownRequest(Path list, Path folder, boolean json) {}
