package dev.facet.cli.request;

import dev.facet.cli.config.Config;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation of embeddings that {@code facet embed} wrote.
 *
 * @param embeddings their folder
 * @param config eval.* and seed say how they are scored
 * @param work folder for what an ended evaluation goes on with
 * @param labels what is to be told of pictures by their labels
 * @param textModel folder of the model that made them, which encodes prompts; null for none
 * @param out folder for eval.json, or null for none
 * @param baseline {@code eval.json} of an earlier evaluation to compare with, or null
 * @param required what the figures have to be
 * @param json whether to print eval.json to standard output in place of the table
 */
public record StoredEvalRequest(
    Path embeddings,
    Config config,
    Path work,
    LabelRequest labels,
    @Nullable Path textModel,
    @Nullable Path out,
    @Nullable Path baseline,
    List<Requirement> required,
    boolean json) {}
