package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.ExportFormat;
import dev.facet.cli.request.ExportRequest;
import dev.facet.cli.request.Work;
import dev.facet.model.weights.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code facet export}. */
@Command(
    name = "export",
    header = "Write a model for other programs.",
    description = {
      "Writes a model folder anew in the layout of another program, with its tokenizer and how it"
          + " wants its pictures.",
      "%nopen_clip: for open_clip.create_model_and_transforms('local-dir:DIR'). huggingface: for"
          + " transformers; a checkpoint of Facet's is such a folder already, an OpenCLIP one becomes"
          + " one. torchscript: two encoders that run in any libtorch.",
      "%nWeights in float32 are the same to the bit, there and back."
    },
    footer = {
      "%nExamples:",
      "  facet export --checkpoint runs/quickstart/checkpoints/best \\",
      "    --to open_clip --out my-open-clip",
      "  facet export --checkpoint ViT-B-16-SigLIP --to huggingface --out siglip",
      "  facet export --checkpoint runs/lora/checkpoints/best --blend 0.5 \\",
      "    --to huggingface --out between"
    })
final class ExportCommand implements Callable<Integer> {
  /** The types that weights can be written in, as PyTorch calls them. */
  enum Dtype {
    FLOAT32(TensorType.F32),
    FLOAT16(TensorType.F16),
    BFLOAT16(TensorType.BF16);

    private final TensorType type;

    Dtype(TensorType type) {
      this.type = type;
    }
  }

  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "DIR",
      description = "Model folder, in Hugging Face's or OpenCLIP's layout.")
  private Path checkpoint;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FORMAT",
      description = "open_clip, huggingface or torchscript.")
  private ExportFormat to;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder to make; must not exist, or be empty.")
  private Path out;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      defaultValue = "float32",
      description = "float32, float16 or bfloat16, which round (default: ${DEFAULT-VALUE}).")
  private Dtype dtype;

  @Option(
      names = "--blend",
      paramLabel = "SHARE",
      description =
          "Weights between those the run started from (0) and the checkpoint (1): halfway keeps much"
              + " of what fine-tuning learned and of what the start knew (WiSE-FT). \"facet eval"
              + " --blend\" scores several.")
  private @Nullable Double blend;

  @Option(
      names = "--start",
      paramLabel = "DIR",
      description = "For --blend, where the run started from (default: its model.init).")
  private @Nullable Path start;

  private final Console console;
  private final Work work;

  ExportCommand(Console console, Work work) {
    this.console = console;
    this.work = work;
  }

  @Override
  public Integer call() throws Exception {
    if (!Files.isDirectory(checkpoint)) {
      throw FacetException.usage(
          "--checkpoint " + checkpoint + ": there is no such folder; name a model folder");
    }
    if (to == ExportFormat.TORCHSCRIPT && dtype != Dtype.FLOAT32) {
      throw FacetException.usage(
          "--dtype: TorchScript encoders hold float32; leave it out, and run them under autocast");
    }
    Inputs.checkBlend(blend == null ? List.of() : List.of(blend), start);
    if (Files.exists(out) && !isEmptyFolder(out)) {
      throw FacetException.usage("--out " + out + " already exists: delete it or name another");
    }
    work.export(new ExportRequest(checkpoint, to, out, dtype.type, blend, start), console);
    return 0;
  }

  private static boolean isEmptyFolder(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.findAny().isEmpty();
    }
  }
}
