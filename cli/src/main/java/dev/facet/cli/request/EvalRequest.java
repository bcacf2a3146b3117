package dev.facet.cli.request;

import dev.facet.cli.config.Config;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation.
 *
 * @param model where the weights are
 * @param config data.root, data.eval_split, eval.* and model.device say what is scored and how
 * @param labels what is to be told of pictures by their labels
 * @param out folder for eval.json and report.html, or null for none
 * @param baseline {@code eval.json} of an earlier evaluation to compare with, or null
 * @param required what the figures have to be
 * @param blend shares of the trained weights to score in between, empty for the checkpoint alone
 * @param start model folder that the others come from, null for that which the run started from
 * @param json whether to print eval.json to standard output in place of the table
 */
public record EvalRequest(
    Weights model,
    Config config,
    LabelRequest labels,
    @Nullable Path out,
    @Nullable Path baseline,
    List<Requirement> required,
    List<Double> blend,
    @Nullable Path start,
    boolean json) {

  /** Where weights come from. */
  public sealed interface Weights {
    /** The folder the user named. */
    Path folder();
  }

  /** A checkpoint folder. */
  public record Checkpoint(Path folder) implements Weights {}

  /** The best checkpoint of a run directory. */
  public record BestOfRun(Path folder) implements Weights {}
}
