package dev.facet.model.parity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.facet.base.FacetException;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.flip.FlipConfig;
import dev.facet.model.flip.FlipPretraining;
import dev.facet.model.selfcheck.SelfCheck;
import dev.facet.model.selfcheck.Use;
import dev.facet.model.training.Loss;
import dev.facet.model.training.Objective;
import dev.facet.model.training.TrainingBatch;
import dev.facet.model.training.TrainingStep;
import dev.facet.model.weights.Weights;
import dev.facet.model.weights.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a model folder on given inputs and compares outputs and gradients with given numbers. The
 * reference is one safetensors file: inputs {@code pixel_values} [N, 3, S, S] and {@code input_ids}
 * [N, T], any of the outputs {@link DualEncoder#outputs} names, {@code loss}, and {@code
 * grad.NAME}, the gradient of that loss for the weight of that name.
 *
 * <p>For FLIP the file may hold a training step in place of the loss: {@code train.alpha} and
 * {@code idx}, which says what pairs are the same, go in; both losses, their gradients and {@code
 * train.after.NAME} come out, every negative being the likeliest.
 *
 * @param compared in the order of the file's names
 * @param passedOver names in the file that the model has nothing to compare with
 */
public record Parity(List<Agreement> compared, List<String> passedOver) {
  private static final String LOSS = "loss";
  private static final String GRADIENT = "grad.";

  /** Names of FLIP's training step, whose gradients a file may hold in place of those of a loss. */
  private static final String ALPHA = "train.alpha";

  private static final String AFTER = "train.after.";

  public Parity {
    compared = List.copyOf(compared);
    passedOver = List.copyOf(passedOver);
  }

  /** Whether every difference stays within the tolerance. */
  public boolean passes() {
    return compared.stream().allMatch(Agreement::passes);
  }

  /**
   * Runs the comparison, after a check of this machine's arithmetic.
   *
   * @param log told what was checked
   * @throws FacetException if the file lacks an input, its shapes are not the model's, or it holds
   *     nothing to compare
   */
  public static Parity run(
      Path folder, Path file, ModelOptions options, Tolerance tolerance, Consumer<String> log)
      throws IOException {
    try (Weights reference = SafetensorsFile.open(file);
        DualEncoder model = ModelDirectory.open(folder, options);
        NDManager scope = model.manager().newSubManager()) {
      return new Comparison(new Reference(reference, scope), model, tolerance).run(scope, log);
    }
  }

  private record Comparison(Reference reference, DualEncoder model, Tolerance tolerance) {
    Parity run(NDManager scope, Consumer<String> log) {
      List<Agreement> compared = new ArrayList<>();
      List<String> passedOver = new ArrayList<>();
      NDArray pixels = reference.pixels(model.config());
      NDArray ids = reference.ids(model.config());
      int batch = (int) ids.getShape().get(0);
      log.accept(
          SelfCheck.run(model, List.of(new Use(batch, batch, false), new Use(batch, batch, true))));
      Map<String, NDArray> outputs = model.outputs(pixels, ids);
      Map<String, Float> losses = losses(scope, pixels, ids);
      boolean trains = !losses.isEmpty();
      losses.forEach((name, loss) -> outputs.put(name, scope.create(loss)));
      for (String name : reference.names()) {
        NDArray output = outputs.get(name);
        NDArray weight = trains && name.startsWith(GRADIENT) ? weight(name) : null;
        NDArray after = trains && reference.isFloat(name) ? after(name) : null;
        if (after != null) {
          compared.add(tolerance.output(name, values(name, after), reference.floats(name)));
        } else if (output != null) {
          compared.add(tolerance.output(name, values(name, output), reference.floats(name)));
        } else if (weight != null) {
          float[] found = values(name, weight.getGradient());
          compared.add(tolerance.gradient(name, found, reference.floats(name)));
        } else {
          passedOver.add(name);
        }
      }
      passedOver.removeAll(Reference.INPUTS);
      if (compared.isEmpty()) {
        throw FacetException.usage(
            reference.file()
                + " holds nothing to compare with a "
                + model.config().type()
                + " model; known are "
                + String.join(", ", outputs.keySet())
                + ", loss and grad.NAME of each weight");
      }
      return new Parity(compared, passedOver);
    }

    /** The weight a gradient belongs to; null if there is none of that name that is trained. */
    private @Nullable NDArray weight(String name) {
      NDArray weight = model.weights().get(name.substring(GRADIENT.length()));
      return weight == null || !weight.hasGradient() ? null : weight;
    }

    /** A weight that FLIP's training step itself changes: a momentum encoder or the queue. */
    private @Nullable NDArray after(String name) {
      return name.startsWith(AFTER) ? model.weights().get(name.substring(AFTER.length())) : null;
    }

    /** The losses that the file has, if any; leaves their gradients in the weights. */
    private Map<String, Float> losses(NDManager scope, NDArray pixels, NDArray ids) {
      if (reference.names().contains(LOSS)) {
        // Every caption is one of its own.
        NDArray pairs = scope.create(LongStream.range(0, ids.getShape().get(0)).toArray());
        return Map.of(LOSS, step(model.contrastive(), pixels, ids, pairs).total());
      }
      if (!(model.config() instanceof FlipConfig) || !reference.names().contains(ALPHA)) {
        return Map.of();
      }
      Objective training = FlipPretraining.of(model).likeliest(reference.number(ALPHA));
      Map<String, Float> parts = step(training, pixels, ids, reference.pairs()).parts();
      return Map.of(
          "train.loss_ita", part(parts, FlipPretraining.CONTRAST),
          "train.loss_itm", part(parts, FlipPretraining.MATCHING));
    }

    private Loss step(Objective objective, NDArray pixels, NDArray ids, NDArray pairs) {
      return new TrainingStep(objective).gradients(new TrainingBatch(pixels, ids, pairs, 0), 0);
    }

    private static float part(Map<String, Float> parts, String name) {
      return Objects.requireNonNull(parts.get(name), name);
    }

    private float[] values(String name, NDArray found) {
      reference.requireShape(name, found.getShape());
      return found.toFloatArray();
    }
  }
}
