package dev.facet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.ops.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs on several replicas against the same run on one. */
class ReplicasTest {
  private static final double RATE = 5e-4;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "2, , false, 0",
    "3, 2, false, 0.5",
    "2, 3, true, 0.5",
    "3, , true, 0",
  })
  void replicasTrainAsOneModelDoes(
      int replicas, @Nullable Integer microBatch, boolean siglip, double patchDropout)
      throws Exception {
    TinyRun one = run("one", siglip, patchDropout);
    one.run(false);
    TinyRun several = run("several", siglip, patchDropout);
    several.replicas = replicas;
    several.microBatch = microBatch;
    several.run(false);
    assertAlike(several, one, 5);
  }

  @Test
  void badSamplesMayLieInOneShareAlone() throws Exception {
    List<TinyRun> runs = new ArrayList<>();
    for (int replicas : new int[] {1, 2}) {
      TinyRun run = run("on" + replicas, false, 0.5);
      // No colour has this number, so these rows cannot be drawn.
      run.shown = row -> row % 16 == 3 ? -1 : row;
      run.replicas = replicas;
      assertThat(run.run(false).state().skipped()).isBetween(1L, 4L);
      runs.add(run);
    }
    assertAlike(runs.getLast(), runs.getFirst(), 5);
  }

  @Test
  void replicasStayTheSameBitForBit() throws Exception {
    TinyRun run = run("three", false, 0.5);
    run.replicas = 3;
    List<Long> compared = new ArrayList<>();
    run.afterStep =
        step -> {
          Map<String, float[]> first = weights(run.models.getFirst());
          for (DualEncoder other : run.models) {
            weights(other)
                .forEach((name, bits) -> assertThat(bits).as(name).isEqualTo(first.get(name)));
          }
          compared.add(step);
        };
    run.run(false);
    assertThat(compared).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void aRunMayGoOnWithAnotherNumberOfReplicas() throws Exception {
    TinyRun one = new TinyRun(Files.createDirectory(folder.resolve("one")), 2, RATE);
    one.batch = 12;
    one.run(false);
    Path dir = Files.createDirectory(folder.resolve("several"));
    TinyRun part = null;
    for (int replicas : new int[] {1, 2, 1}) {
      boolean resume = part != null;
      part = new TinyRun(dir, 2, RATE);
      part.batch = 12;
      part.replicas = replicas;
      part.stopAfter = replicas == 1 && resume ? Long.MAX_VALUE : 3;
      part.run(resume);
    }
    assertAlike(Objects.requireNonNull(part), one, 10);
  }

  @Test
  void aReplicaThatFailsEndsTheRunWithItsCauseAndTheLastWholeStep() throws Exception {
    TinyRun run = run("failing", false, 0);
    run.replicas = 2;
    run.afterStep =
        step -> {
          if (step == 4) {
            run.models.getLast().close();
          }
        };
    assertThatThrownBy(() -> run.run(false))
        .isInstanceOf(IllegalStateException.class)
        .message()
        .doesNotContain("another replica has failed");
    assertThat(run.notes).contains("saved step 4; --resume goes on from there");
    assertThat(new Checkpoints(folder.resolve("failing"), 2, Map.of()).steps().getLast())
        .hasFileName("step-00000004");
  }

  private TinyRun run(String name, boolean siglip, double patchDropout) throws IOException {
    TinyRun run = new TinyRun(Files.createDirectory(folder.resolve(name)), 1, RATE);
    run.batch = 12;
    run.siglip = siglip;
    run.patchDropout = patchDropout;
    return run;
  }

  private static void assertAlike(TinyRun several, TinyRun one, int steps) throws IOException {
    assertThat(several.losses()).hasSize(steps);
    for (int step = 0; step < steps; step++) {
      assertThat(several.losses().get(step)).isCloseTo(one.losses().get(step), within(1e-5f));
    }
    Map<String, float[]> expected = saved(one, steps);
    saved(several, steps)
        .forEach(
            (name, weights) ->
                assertThat(weights).as(name).containsExactly(expected.get(name), within(1e-5f)));
  }

  private static Map<String, float[]> saved(TinyRun run, int step) throws IOException {
    String name = String.format(Locale.ROOT, "step-%08d", step);
    Path checkpoint = run.dir().resolve(Checkpoints.FOLDER).resolve(name);
    try (DualEncoder model =
        ModelDirectory.open(checkpoint, ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32))) {
      return weights(model);
    }
  }

  private static Map<String, float[]> weights(DualEncoder model) {
    Map<String, float[]> values = new LinkedHashMap<>();
    model.weights().forEach((name, array) -> values.put(name, array.toFloatArray()));
    return values;
  }
}
