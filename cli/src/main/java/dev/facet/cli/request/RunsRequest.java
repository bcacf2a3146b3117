package dev.facet.cli.request;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of runs.
 *
 * @param folder that they lie below, or a run itself
 * @param page where the page goes; null is runs.html in the folder
 * @param json whether to print JSON in place of the table
 */
public record RunsRequest(Path folder, @Nullable Path page, boolean json) {}
