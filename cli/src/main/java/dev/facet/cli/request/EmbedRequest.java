package dev.facet.cli.request;

import dev.facet.cli.config.Config;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Embeddings to write.
 *
 * @param model where the weights are
 * @param config data.root, data.eval_split, eval.batch and model.device say of what and how
 * @param out folder to make, or to go on with
 * @param type of the numbers
 * @param rowsPerFile rows of the data in a file, at most but for whole batches
 * @param json whether to print embed.json
 */
public record EmbedRequest(
    EvalRequest.Weights model,
    Config config,
    Path out,
    NumberType type,
    int rowsPerFile,
    boolean json) {

  /** How numbers are written. */
  public enum NumberType {
    FLOAT32,
    FLOAT16;

    /** The name as it stands in {@code embed.json}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
