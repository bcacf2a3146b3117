package dev.facet.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.ops.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AveragesTest {
  private static final String WEIGHT = "visual_projection.weight";

  @TempDir Path folder;

  @Test
  void averagesAreScoredAndKeptBesideTheWeightsAndChangeNoStep() throws Exception {
    TinyRun plain = new TinyRun(dir("plain"), 2, 1e-2);
    plain.run(false);
    TinyRun run = averaged("run");
    List<float[]> steps = new ArrayList<>();
    run.afterStep = step -> steps.add(weights(run.models.getFirst()));
    // The first score of each evaluation is that of the averages.
    run.scoring(4, 0.5, 0.2, 0.3, 0.4);
    Trainer.Outcome outcome = run.run(false);
    assertThat(run.losses()).as("averaging changes no step").isEqualTo(plain.losses());
    assertThat(outcome.state().bestStep()).isEqualTo(4);
    assertThat(outcome.state().bestRecall()).isEqualTo(0.5);

    assertThat(saved("ema")).isNotEqualTo(saved("step-00000008")).hasSameSizeAs(steps.getLast());
    assertThat(saved("best")).as("the averages of step 4").isNotEqualTo(steps.get(3));
  }

  @Test
  void aRunWithAveragesResumesToTheSameLossesAndAveragesBitForBit() throws Exception {
    TinyRun whole = averaged("whole");
    whole.run(false);
    TinyRun part = averaged("part");
    part.stopAfter = 5;
    part.run(false);
    TinyRun rest = new TinyRun(folder.resolve("part"), 2, 1e-2);
    rest.ema = part.ema;
    rest.run(true);
    assertThat(rest.losses()).isEqualTo(whole.losses()).hasSize(8);
    for (String file : List.of("step-00000008/optimizer.safetensors", "ema/model.safetensors")) {
      assertThat(folder.resolve("part/checkpoints/" + file))
          .hasSameBinaryContentAs(folder.resolve("whole/checkpoints/" + file));
    }
  }

  private TinyRun averaged(String name) throws Exception {
    TinyRun run = new TinyRun(dir(name), 2, 1e-2);
    run.ema = 0.9;
    return run;
  }

  private float[] saved(String checkpoint) throws Exception {
    try (DualEncoder model =
        ModelDirectory.open(
            folder.resolve("run/checkpoints").resolve(checkpoint),
            ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32))) {
      return weights(model);
    }
  }

  private static float[] weights(DualEncoder model) {
    return Objects.requireNonNull(model.weights().get(WEIGHT)).toFloatArray();
  }

  private Path dir(String name) throws Exception {
    return Files.createDirectory(folder.resolve(name));
  }
}
