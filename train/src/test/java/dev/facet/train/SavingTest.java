package dev.facet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.facet.base.FacetException;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.ops.Precision;
import dev.facet.model.training.FusedAdamW;
import dev.facet.train.guard.Guarded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavingTest {
  private static final ModelOptions PLAIN = ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32);
  private static final String WEIGHT = "visual_projection.weight";

  @TempDir Path folder;
  private final ExecutorService writer = Executors.newSingleThreadExecutor();
  private final CountDownLatch disk = new CountDownLatch(1);
  private Checkpoints checkpoints;
  private DualEncoder model;
  private Saving saving;

  @BeforeEach
  void open() {
    checkpoints = new Checkpoints(folder, 2, Map.of());
    model = DualEncoder.random(CheckpointsTest.CONFIG, PLAIN);
    FusedAdamW optimizer = new FusedAdamW(model, 0.9, 0.98, 1e-6);
    saving =
        new Saving(
            checkpoints, model, optimizer.state(), new TinyRun(folder, 1, 1e-3).settings(), writer);
  }

  @AfterEach
  void close() {
    disk.countDown();
    saving.close();
    model.close();
  }

  @Test
  void whatIsSavedIsTheStepAsItWasWhenSavingBeganHoweverLateItIsWritten() throws Exception {
    writer.execute(this::waitForDisk);
    float[] then = weight(model);
    saving.begin(state(3), true);
    // The next step is made while the disk has not begun.
    array().set(new NDIndex("..."), 7);
    saving.check();
    assertThat(checkpoints.steps()).isEmpty();
    disk.countDown();
    saving.await();
    assertThat(written("step-00000003")).isEqualTo(then).isNotEqualTo(weight(model));
  }

  @Test
  void aSecondSavingWaitsForTheFirst() throws Exception {
    saving.begin(state(3), true);
    saving.begin(state(6), true);
    assertThat(folder.resolve("checkpoints/step-00000003/SHA256SUMS")).exists();
    saving.await();
    assertThat(names()).containsExactly("step-00000003", "step-00000006");
  }

  @Test
  void afterAFailureNothingMoreIsSaved() throws Exception {
    Files.writeString(folder.resolve("checkpoints"), "in the way");
    assertThat(saving.begin(state(3), true)).isTrue();
    assertThatThrownBy(saving::await)
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("cannot write checkpoint");
    assertThat(saving.begin(state(6), true)).isFalse();
    saving.await();
  }

  private void waitForDisk() {
    try {
      disk.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> names() throws IOException {
    return checkpoints.steps().stream().map(step -> step.getFileName().toString()).toList();
  }

  private static TrainState state(long step) {
    return new TrainState(step, 0, 0, 0, 0, 0, 1, Guarded.NOTHING);
  }

  private NDArray array() {
    return Objects.requireNonNull(model.weights().get(WEIGHT));
  }

  private static float[] weight(DualEncoder model) {
    return Objects.requireNonNull(model.weights().get(WEIGHT)).toFloatArray();
  }

  private float[] written(String name) throws IOException {
    try (DualEncoder read =
        ModelDirectory.open(folder.resolve("checkpoints").resolve(name), PLAIN)) {
      return weight(read);
    }
  }
}
