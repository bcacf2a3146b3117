package dev.facet.model.clip;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.GoldenFile;
import dev.facet.model.ModelOptions;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.ops.Precision;
import dev.facet.model.training.FusedAdamW;
import dev.facet.model.training.TrainingBatch;
import dev.facet.model.training.TrainingStep;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The towers against a tiny CLIP run by openai/CLIP's code (commit d05afc4) in float32: the folder
 * holds its random weights, one batch and five AdamW steps. Features and gradients are compared in
 * {@link dev.facet.model.parity.ParityTest}.
 */
class ClipParityTest {
  private final Path folder = GoldenFile.resource("clip-tiny");
  private DualEncoder model;
  private SafetensorsFile io;
  private NDManager scope;

  @BeforeEach
  void open() throws IOException {
    model = ModelDirectory.open(folder, ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32));
    io = SafetensorsFile.open(folder.resolve("io.safetensors"));
    scope = model.manager().newSubManager();
  }

  @AfterEach
  void close() {
    scope.close();
    io.close();
    model.close();
  }

  @Test
  void theFirstEndTokenCountsHoweverTheRestIsPadded() {
    NDArray padded = model.encodeTexts(array("input_ids_eos_padded"), false);
    assertThat(distance(padded, "text_features_norm")).isLessThan(2e-6);
  }

  @Test
  void cuttingOffWhatFollowsTheLastEndTokenChangesNothing() {
    TensorEntry ids = Objects.requireNonNull(io.find("input_ids"));
    // Row 1 is a start and an end alone: sixteen places for two tokens.
    ByteBuffer row =
        ids.data().asSlice(16 * 8, 16 * 8).asByteBuffer().order(ByteOrder.nativeOrder());
    float[] cut = model.encodeTexts(scope, row, 1, false).toFloatArray();
    float[] whole = floats(io, "text_features_norm");
    assertThat(largestDifference(cut, Arrays.copyOfRange(whole, cut.length, 2 * cut.length)))
        .isLessThan(2e-6);
  }

  @Test
  void fiveAdamWStepsEndInTheOriginalsWeights() throws IOException {
    FusedAdamW optimizer = new FusedAdamW(model, 0.9, 0.98, 1e-6);
    try (SafetensorsFile train = SafetensorsFile.open(folder.resolve("train.safetensors"))) {
      float[] losses = floats(train, "losses");
      float[] scales = floats(train, "logit_scale_per_step");
      for (int step = 1; step <= losses.length; step++) {
        assertThat(backward()).isCloseTo(losses[step - 1], within(2e-5));
        optimizer.step(scope, step, 1e-3, 0.2);
        model.clampLogitScale(scope, 100);
        assertThat(Math.log(model.logitScale())).isCloseTo(scales[step - 1], within(1e-5));
      }
      model
          .weights()
          .forEach(
              (name, weight) -> {
                // Adam turns the keys' noise gradient into steps of arbitrary sign.
                double tolerance = name.endsWith("k_proj.bias") ? 5e-3 : 1e-5;
                float[] expected = floats(train, "final." + name);
                assertThat(share(weight.toFloatArray(), expected, tolerance))
                    .as(name)
                    .isGreaterThanOrEqualTo(0.999);
                assertThat(largestDifference(weight.toFloatArray(), expected))
                    .as(name)
                    .isLessThan(Math.max(2e-4, tolerance));
              });
    }
  }

  private double backward() {
    long[] distinct = {0, 1, 2, 3, 4, 5, 6, 7};
    TrainingBatch batch =
        new TrainingBatch(array("pixel_values"), array("input_ids"), scope.create(distinct), 0);
    return new TrainingStep(model.contrastive()).gradients(batch, 0).total();
  }

  private NDArray array(String name) {
    TensorEntry entry = Objects.requireNonNull(io.find(name));
    ByteBuffer bytes = entry.data().asByteBuffer().order(ByteOrder.nativeOrder());
    DataType type = name.startsWith("input_ids") ? DataType.INT64 : DataType.FLOAT32;
    return scope.create(bytes, new Shape(entry.shape()), type);
  }

  private double distance(NDArray found, String expected) {
    return largestDifference(found.toFloatArray(), floats(io, expected));
  }

  private static float[] floats(SafetensorsFile file, String name) {
    TensorEntry entry = Objects.requireNonNull(file.find(name), name);
    float[] values = new float[Math.toIntExact(entry.elements())];
    entry.floats().asFloatBuffer().get(values);
    return values;
  }

  private static double largestDifference(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    double largest = 0;
    for (int i = 0; i < found.length; i++) {
      largest = Math.max(largest, Math.abs((double) found[i] - expected[i]));
    }
    return largest;
  }

  private static double share(float[] found, float[] expected, double tolerance) {
    int near = 0;
    for (int i = 0; i < found.length; i++) {
      near += Math.abs((double) found[i] - expected[i]) <= tolerance ? 1 : 0;
    }
    return (double) near / found.length;
  }

  private static org.assertj.core.data.Offset<Double> within(double tolerance) {
    return org.assertj.core.data.Offset.offset(tolerance);
  }
}
