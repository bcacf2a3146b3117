package dev.facet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.facet.base.FacetException;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.config.TowerSize;
import dev.facet.model.ops.Precision;
import dev.facet.model.training.FusedAdamW;
import dev.facet.train.guard.Guarded;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  /** About 130 kB of weights, three times that with moments. */
  static final ClipConfig CONFIG =
      new ClipConfig(
          16, 16, 8, TowerSize.of(32, 1, 2), 600, 8, 598, 599, 599, TowerSize.of(32, 1, 2));

  @Test
  void aFullDiskLeavesTheEarlierCheckpointWholeAndNothingHalfWritten() throws Exception {
    Configuration small = Configuration.unix().toBuilder().setMaxSize(1_000_000).build();
    try (FileSystem disk = Jimfs.newFileSystem(small);
        DualEncoder model =
            DualEncoder.random(CONFIG, ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32))) {
      Path run = disk.getPath("/run");
      FusedAdamW optimizer = new FusedAdamW(model, 0.9, 0.98, 1e-6);
      Checkpoints checkpoints = new Checkpoints(run, 2, Map.of());
      TrainState first = state(1, 0, 16, 0, 0, 0);
      save(checkpoints, model, optimizer.state(), first);
      assertThatThrownBy(
              () -> save(checkpoints, model, optimizer.state(), state(2, 0, 32, 0, 0, 0)))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("step-00000002")
          .hasMessageContaining("out of disk space")
          .hasMessageContaining("--resume");
      assertThat(checkpoints.steps()).hasSize(1);
      assertThat(Checksums.verify(checkpoints.steps().getFirst())).isNull();
      try (var files = Files.list(run.resolve("checkpoints"))) {
        assertThat(files).hasSize(1);
      }
    }
  }

  @Test
  void aRunThatWasChangedIsToldAllThatDoesNotFitAndWhatToDo(@TempDir Path run) throws Exception {
    ModelOptions options = ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32);
    Checkpoints checkpoints = new Checkpoints(run, 2, Map.of());
    ClipConfig two =
        new ClipConfig(
            16, 16, 8, TowerSize.of(32, 2, 2), 600, 8, 598, 599, 599, TowerSize.of(32, 1, 2));
    try (DualEncoder model = DualEncoder.random(two, options)) {
      FusedAdamW optimizer = new FusedAdamW(model, 0.9, 0.98, 1e-6);
      save(checkpoints, model, optimizer.state(), state(1, 0, 16, 0, 0, 0));
    }
    ClipConfig changed =
        new ClipConfig(
            16, 16, 8, TowerSize.of(32, 1, 2), 500, 8, 498, 499, 499, TowerSize.of(32, 2, 2));
    try (DualEncoder model = DualEncoder.random(changed, options)) {
      FusedAdamW optimizer = new FusedAdamW(model, 0.9, 0.98, 1e-6);
      assertThatThrownBy(() -> checkpoints.restore(model, optimizer.state(), warning -> {}))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("in 33 places")
          .hasMessageContaining("token_embedding.weight: found (600, 32), expected (500, 32)")
          .hasMessageContaining("text_model.encoder.layers.1.layer_norm1.weight: missing, expected")
          .hasMessageContaining("vision_model.encoder.layers.1.layer_norm1.weight: not part of")
          .hasMessageEndingWith(
              "resume with the config this run was started with, or start a new run");
    }
  }

  @Test
  void weightsThatAreNoNumbersReplaceNoneThatAre(@TempDir Path run) throws Exception {
    try (DualEncoder model =
        DualEncoder.random(CONFIG, ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32))) {
      FusedAdamW optimizer = new FusedAdamW(model, 0.9, 0.98, 1e-6);
      Checkpoints checkpoints = new Checkpoints(run, 1, Map.of());
      TrainState first = state(1, 0, 16, 0, 0.5, 1);
      save(checkpoints, model, optimizer.state(), first);
      checkpoints.saveBest(model, first);
      byte[] best = Files.readAllBytes(run.resolve("checkpoints/best/model.safetensors"));
      TrainState second = state(2, 0, 32, 0, 0.6, 2);
      for (float wrong : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
        for (NDArray array :
            List.of(
                model.weights().values().iterator().next(),
                optimizer.state().values().iterator().next())) {
          NDIndex place = new NDIndex(array.getShape().dimension() == 0 ? "..." : "-1");
          float[] before = array.toFloatArray();
          array.set(place, wrong);
          assertThatThrownBy(() -> save(checkpoints, model, optimizer.state(), second))
              .isInstanceOf(FacetException.class)
              .hasMessageContaining("diverged: after step 2")
              .hasMessageContaining("lower train.lr");
          array.set(before);
        }
      }
      NDArray weight = model.weights().values().iterator().next();
      weight.set(new NDIndex("..."), Float.NaN);
      assertThatThrownBy(() -> checkpoints.saveBest(model, second))
          .hasMessageContaining("the model has diverged");
      assertThat(checkpoints.steps()).hasSize(1);
      assertThat(Checksums.verify(checkpoints.steps().getFirst())).isNull();
      assertThat(run.resolve("checkpoints/best/model.safetensors")).hasBinaryContent(best);
    }
  }

  @Test
  void aBestModelThatIsBrokenIsNotTakenForTheBest(@TempDir Path run) throws Exception {
    try (DualEncoder model =
        DualEncoder.random(CONFIG, ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32))) {
      FusedAdamW optimizer = new FusedAdamW(model, 0.9, 0.98, 1e-6);
      Checkpoints checkpoints = new Checkpoints(run, 2, Map.of());
      TrainState state = state(4, 0, 64, 0, 0.5, 4);
      checkpoints.saveBest(model, state);
      save(checkpoints, model, optimizer.state(), state);
      List<String> notes = new ArrayList<>();
      assertThat(restored(checkpoints, model, optimizer, notes).bestStep()).isEqualTo(4);
      Files.writeString(run.resolve("checkpoints/best/config.json"), "{");
      assertThat(restored(checkpoints, model, optimizer, notes).bestStep()).isZero();
      assertThat(notes).singleElement().asString().contains("best is broken (config.json");
    }
  }

  private static void save(
      Checkpoints checkpoints, DualEncoder model, Map<String, NDArray> beside, TrainState state) {
    try (Checkpoints.Snapshot snapshot = checkpoints.snapshot(model, beside, state, null)) {
      snapshot.write();
    }
  }

  private static TrainState state(
      long step, int epoch, long samples, long skipped, double recall, long best) {
    return new TrainState(step, epoch, samples, skipped, recall, best, 1, Guarded.NOTHING);
  }

  private static TrainState restored(
      Checkpoints checkpoints, DualEncoder model, FusedAdamW optimizer, List<String> notes)
      throws IOException {
    return Objects.requireNonNull(checkpoints.restore(model, optimizer.state(), notes::add));
  }

  @Test
  void aCheckpointNamesWhatIsWrongWithIt() throws Exception {
    try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix())) {
      Path folder = Files.createDirectory(disk.getPath("/c"));
      assertThat(Checksums.verify(folder)).isEqualTo("no SHA256SUMS");
      Files.writeString(folder.resolve("state.json"), "{}");
      Checksums.write(folder);
      assertThat(Checksums.verify(folder)).isNull();
      Files.writeString(folder.resolve("state.json"), "{ }");
      assertThat(Checksums.verify(folder)).isEqualTo("state.json has another checksum");
      byte[] sums = Files.readAllBytes(folder.resolve("SHA256SUMS"));
      Files.write(folder.resolve("SHA256SUMS"), Arrays.copyOf(sums, sums.length - 4));
      assertThat(Checksums.verify(folder)).isEqualTo("SHA256SUMS is cut off");
      Files.write(folder.resolve("SHA256SUMS"), new byte[0]);
      assertThat(Checksums.verify(folder)).isEqualTo("SHA256SUMS is cut off");
      Files.write(folder.resolve("SHA256SUMS"), new byte[] {(byte) 0xc3, 0, '\n'});
      assertThat(Checksums.verify(folder)).endsWith("is missing");
      Files.write(folder.resolve("SHA256SUMS"), sums);
      Files.delete(folder.resolve("state.json"));
      assertThat(Checksums.verify(folder)).isEqualTo("state.json is missing");
    }
  }
}
