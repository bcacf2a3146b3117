package dev.facet.cli.command;

import dev.facet.prepare.PrepareSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to prepare.
 *
 * @param takedown list of what must not be in it, if there is one
 * @param embeddings file or folder of vectors that stand in place of pictures, if they do
 * @param json whether the counts are printed as JSON
 */
public record PrepareRequest(
    PrepareSettings settings,
    Path source,
    Path out,
    @Nullable Path takedown,
    @Nullable Path embeddings,
    boolean json) {}
