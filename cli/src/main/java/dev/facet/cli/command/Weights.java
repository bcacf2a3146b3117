package dev.facet.cli.command;

import dev.facet.cli.request.EvalRequest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the weights are: exactly one of the two. */
final class Weights {
  @Option(
      names = "--run",
      required = true,
      paramLabel = "DIR",
      description = "Run directory: its best checkpoint, on its data.")
  private @Nullable Path run;

  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "DIR",
      description =
          "Checkpoint of a run, a model folder (Hugging Face, OpenCLIP or FLIP), or a name on the"
              + " Hub, hf:OWNER/NAME.")
  private @Nullable Path checkpoint;

  /** The run directory, if that was given. */
  @Nullable Path run() {
    return run;
  }

  /** What was given, if it is there. */
  EvalRequest.Weights requested() {
    return run != null
        ? new EvalRequest.BestOfRun(Applied.folder("--run", run))
        : new EvalRequest.Checkpoint(Applied.folder("--checkpoint", checkpoint));
  }
}
