package dev.facet.cli.request;

import dev.facet.cli.config.Config;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A search for copies of one photo.
 *
 * @param config its data is looked through
 * @param split of the data; null for all
 * @param photo the file
 * @param json whether to print JSON in place of a table
 */
public record CopiesRequest(Config config, @Nullable String split, Path photo, boolean json) {}
