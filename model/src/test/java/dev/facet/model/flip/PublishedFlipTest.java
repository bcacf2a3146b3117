package dev.facet.model.flip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.GoldenFile;
import dev.facet.model.ModelOptions;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.ops.Precision;
import dev.facet.model.tensors.WeightFiles;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint that FLIP's own training program pickled. */
@Tag("kit")
class PublishedFlipTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("facet.shared", "../../shared"), "golden/flip-tiny");
  private static final ModelOptions FLOAT32 =
      ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32);

  @TempDir Path folder;

  @Test
  void theCheckpointEqualsItsSafetensorsToTheBit() throws IOException {
    try (Weights torch = WeightFiles.openFile(GOLDEN.resolve("flip-tiny.pth"));
        Weights safe = WeightFiles.openFile(GOLDEN.resolve("flip_model.safetensors"))) {
      assertThat(torch.tensors().keySet())
          .containsExactlyInAnyOrderElementsOf(safe.tensors().keySet());
      for (TensorEntry expected : safe.tensors().values()) {
        TensorEntry tensor = Objects.requireNonNull(torch.find(expected.name()));
        assertThat(tensor.type()).isEqualTo(expected.type());
        assertThat(tensor.shape()).containsExactly(expected.shape());
        assertThat(tensor.data().mismatch(expected.data())).as(expected.name()).isEqualTo(-1);
      }
    }
  }

  @Test
  void theCheckpointOpensAsTheSameModel() throws IOException {
    Files.copy(GOLDEN.resolve("flip-tiny.pth"), folder.resolve("FLIP-base.pth"));
    for (String name : new String[] {FlipConfig.VISION, FlipConfig.TEXT}) {
      Files.copy(GOLDEN.resolve(name), folder.resolve(name));
    }
    try (DualEncoder safe = ModelDirectory.open(GoldenFile.resource("flip-tiny"), FLOAT32);
        DualEncoder read = ModelDirectory.open(folder, FLOAT32)) {
      assertThat(read.config()).isEqualTo(safe.config());
      assertThat(FlipTest.values(read)).isEqualTo(FlipTest.values(safe));
    }
  }
}
