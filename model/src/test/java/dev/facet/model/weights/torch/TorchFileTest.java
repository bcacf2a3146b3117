package dev.facet.model.weights.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.WeightFiles;
import dev.facet.model.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Also makes a good checkpoint for the test that damages it. */
public class TorchFileTest {
  private static final Path FLIP = Path.of("../../shared/golden/flip-tiny");

  @TempDir Path folder;

  @Test
  void aStateDictUnderAUsualNameLosesThePrefixOfReplicas() throws IOException {
    Pickle pickle = new Pickle().op('}').text("epoch").number(3).op('s').text("state_dict").op('}');
    pickle.text("module.w");
    pickle.tensor("FloatStorage", "0", 6, 1, new long[] {1, 3}, new long[] {99, 1}).op('s', 's');
    Path file =
        new TorchZip(pickle.stop()).floats("0", 1, 2, 3, 4, 5, 6).write(folder.resolve("a.pt"));
    try (Weights weights = WeightFiles.open(folder)) {
      assertThat(weights.file()).isEqualTo(file);
      TensorEntry tensor = Objects.requireNonNull(weights.find("w"));
      assertThat(tensor.shape()).containsExactly(1, 3);
      assertThat(floats(tensor)).containsExactly(2, 3, 4);
    }
  }

  @Test
  void aTransposedViewIsReadRowByRow() throws IOException {
    Pickle pickle = new Pickle().op('}').text("w");
    pickle.tensor("FloatStorage", "0", 6, 0, new long[] {3, 2}, new long[] {1, 3}).op('s');
    pickle.text("same");
    pickle.tensor("FloatStorage", "0", 6, 0, new long[] {2, 3}, new long[] {3, 1}).op('s');
    Path file =
        new TorchZip(pickle.stop()).floats("0", 1, 2, 3, 4, 5, 6).write(folder.resolve("a.pth"));
    try (Weights weights = TorchFile.open(file)) {
      assertThat(floats(Objects.requireNonNull(weights.find("w"))))
          .containsExactly(1, 4, 2, 5, 3, 6);
      assertThat(floats(Objects.requireNonNull(weights.find("same"))))
          .containsExactly(1, 2, 3, 4, 5, 6);
    }
  }

  @Test
  void aCheckpointOfFlipEqualsItsSafetensorsToTheBit() throws IOException {
    assumeTrue(Files.isDirectory(FLIP));
    try (Weights torch = WeightFiles.openFile(FLIP.resolve("flip-tiny.pth"));
        Weights safe = WeightFiles.open(FLIP)) {
      assertThat(torch.tensors().keySet())
          .containsExactlyInAnyOrderElementsOf(safe.tensors().keySet());
      for (TensorEntry expected : safe.tensors().values()) {
        TensorEntry tensor = Objects.requireNonNull(torch.find(expected.name()));
        assertThat(tensor.type()).isEqualTo(expected.type());
        assertThat(tensor.shape()).containsExactly(expected.shape());
        assertThat(tensor.data().mismatch(expected.data())).as(expected.name()).isEqualTo(-1);
      }
      assertThat(safe.tensors().values()).anyMatch(each -> each.type() == TensorType.I64);
    }
  }

  /** A small checkpoint with a plain tensor and a transposed one. */
  public static Path checkpoint(Path file) throws IOException {
    Pickle pickle = new Pickle().op('}').text("w");
    pickle.tensor("FloatStorage", "0", 6, 0, new long[] {3, 2}, new long[] {1, 3}).op('s');
    pickle.text("b").tensor("HalfStorage", "1", 2, 0, new long[] {2}, new long[] {1}).op('s');
    return new TorchZip(pickle.stop())
        .floats("0", 1, 2, 3, 4, 5, 6)
        .entry("data/1", new byte[4])
        .write(file);
  }

  private static float[] floats(TensorEntry tensor) {
    float[] values = new float[(int) tensor.elements()];
    tensor.floats().asFloatBuffer().get(values);
    return values;
  }
}
