package dev.facet.cli.request;

import dev.facet.cli.config.Config;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A search among stored embeddings.
 *
 * @param embeddings folder that {@code facet embed} wrote
 * @param model that made them
 * @param config how the query is prepared, and for a sheet where the pictures are
 * @param query what is looked for
 * @param top how many to find
 * @param sheet picture file to draw what was found in; null for none
 * @param json whether to print JSON in place of a table
 */
public record SearchRequest(
    Path embeddings,
    EvalRequest.Weights model,
    Config config,
    Query query,
    int top,
    @Nullable Path sheet,
    boolean json) {

  /** What is looked for. */
  public sealed interface Query {}

  /** Pictures that a caption describes. */
  public record Caption(String text) implements Query {}

  /** Captions that describe a picture. */
  public record Picture(Path file) implements Query {}
}
