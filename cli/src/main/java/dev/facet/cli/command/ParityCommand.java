package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.ParityRequest;
import dev.facet.cli.request.Work;
import dev.facet.model.DeviceChoice;
import dev.facet.model.ops.Precision;
import dev.facet.model.parity.Tolerance;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code facet parity}. */
@Command(
    name = "parity",
    header = "Compare a model folder with numbers another program computed.",
    description = {
      "Runs a model folder on the inputs in a safetensors file and compares what comes out with the"
          + " numbers in it: outputs, loss and gradients, whichever are there.",
      "%nInputs are pixel_values [N, 3, S, S] and input_ids [N, T]; outputs image_features,"
          + " text_features, both also with _norm, logits_per_image, hidden.vision.1 and so on; loss;"
          + " and grad.NAME, its gradient for the weight NAME.",
      "%nOf FLIP also image_embeds, text_embeds, image_hidden, text_hidden, sim_i2t,"
          + " itm_logits_matched and more; in place of loss a training step: train.alpha and idx go"
          + " in, train.loss_ita, train.loss_itm, grad.NAME and train.after.NAME come out.",
      "%nOther tensors are passed over, and named."
    },
    footer = {
      "%nExit code 1 if anything differs by more than the tolerance.",
      "%nExample:",
      "  facet parity --model my-clip --io reference.safetensors"
    })
final class ParityCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Model folder: config and weights.")
  private @Nullable Path model;

  @Option(
      names = "--io",
      required = true,
      paramLabel = "FILE",
      description = "safetensors file of inputs and expected numbers.")
  private @Nullable Path io;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      description =
          "Largest difference of an output that passes; relative where its entries exceed 1"
              + " (default: 1e-5; 1e-2 with --precision bfloat16).")
  private @Nullable Double tolerance;

  @Option(
      names = "--gradient-tolerance",
      paramLabel = "X",
      description =
          "The same of a gradient, relative to its largest entry (default: 1e-4; 1e-2 with"
              + " --precision bfloat16).")
  private @Nullable Double gradientTolerance;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      description = "float32 or bfloat16 (default: float32).")
  private Precision precision = Precision.FLOAT32;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "auto, cpu or cuda (default: auto).")
  private DeviceChoice device = DeviceChoice.AUTO;

  @Option(names = "--json", description = "Print all differences as JSON.")
  private boolean json;

  private final Console console;
  private final Work work;

  ParityCommand(Console console, Work work) {
    this.console = console;
    this.work = work;
  }

  @Override
  public Integer call() throws Exception {
    Tolerance usual = Tolerance.of(precision);
    Tolerance asked =
        new Tolerance(
            orUsual("--tolerance", tolerance, usual.outputs()),
            orUsual("--gradient-tolerance", gradientTolerance, usual.gradients()));
    if (model == null || io == null) {
      throw new IllegalStateException("picocli requires both");
    }
    ParityRequest request = new ParityRequest(model, io, device, precision, asked, json);
    return work.parity(request, console) ? 0 : 1;
  }

  private static double orUsual(String option, @Nullable Double asked, double usual) {
    if (asked != null && !(asked >= 0)) {
      throw FacetException.usage(option + " is " + asked + "; it has to be 0 or more, like 1e-5");
    }
    return asked == null ? usual : asked;
  }
}
