package dev.facet.cli.request;

import dev.facet.prepare.PrepareSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to prepare.
 *
 * @param takedown list of what must not be in it, if there is one
 * @param command that the user typed
 * @param embeddings file or folder of vectors that stand in place of pictures, if they do
 * @param json whether the counts are printed as JSON
 */
public record PrepareRequest(
    PrepareSettings settings,
    Path source,
    Path out,
    @Nullable Path takedown,
    String command,
    @Nullable Path embeddings,
    Machines machines,
    boolean json) {}
