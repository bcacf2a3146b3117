package dev.facet.model.weights.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.model.tensors.WeightFiles;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.Weights;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.URL;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Also makes good checkpoints for the tests that damage or open them. */
public class TorchFileTest {
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

  /** As torch.jit.save lays it out: an object of a class of the program's own for each module. */
  @Test
  void aTorchScriptProgramGivesTheTensorsOfItsModulesByTheirPlaces() throws IOException {
    Pickle pickle =
        new Pickle().global("__torch__.open_clip.model", "CLIP").op(')', 0x81, '}', '(');
    pickle.text("training").op(0x89).text("logit_scale");
    pickle.tensor("FloatStorage", "0", 6, 0, new long[0], new long[0]);
    pickle.text("visual").global("__torch__.torch.nn.modules.conv", "Conv2d").op(')', 0x81, '}');
    pickle.text("weight").tensor("FloatStorage", "0", 6, 1, new long[] {2}, new long[] {1});
    pickle.op('s', 'b', 'u', 'b');
    Path file =
        new TorchZip(pickle.stop())
            .entry("constants.pkl", new Pickle().op(')').stop())
            .entry("code/__torch__/open_clip/model.py", new byte[9])
            .floats("0", 1, 2, 3, 4, 5, 6)
            .write(folder.resolve("ViT-B-32.pt"));
    try (Weights weights = WeightFiles.openFile(file)) {
      assertThat(weights.tensors()).containsOnlyKeys("logit_scale", "visual.weight");
      assertThat(floats(Objects.requireNonNull(weights.find("visual.weight"))))
          .containsExactly(2, 3);
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
  void aCheckpointThatTorchSavedIsReadToTheBit() throws Exception {
    URL saved = Objects.requireNonNull(TorchFileTest.class.getResource("saved.pth"));
    try (Weights weights = WeightFiles.openFile(Path.of(saved.toURI()))) {
      assertThat(weights.tensors()).hasSize(8);
      assertSaved(weights, "temp", TensorType.F32, new long[0], 0);
      assertSaved(
          weights,
          "visual.weight",
          TensorType.F32,
          new long[] {3, 4},
          IntStream.range(0, 12).toArray());
      int[] turned = {0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11};
      assertSaved(weights, "visual.turned", TensorType.F32, new long[] {4, 3}, turned);
      assertSaved(weights, "visual.part", TensorType.F32, new long[] {4}, 5, 6, 7, 8);
      int[] six = {0, 1, 2, 3, 4, 5};
      assertSaved(weights, "visual.half", TensorType.F16, new long[] {2, 3}, six);
      assertSaved(weights, "visual.brain", TensorType.BF16, new long[] {2, 3}, six);
      assertSaved(weights, "text.bias", TensorType.F32, new long[] {4}, 0, 1, 2, 3);
      TensorEntry ids = Objects.requireNonNull(weights.find("text.position_ids"));
      assertThat(ids.type()).isEqualTo(TensorType.I64);
      assertThat(ids.shape()).containsExactly(1, 5);
      assertThat(ids.data().toArray(ValueLayout.JAVA_LONG_UNALIGNED))
          .containsExactly(0, 1, 2, 3, 4);
    }
  }

  /** By the formula that the README beside the file gives for each element of a storage. */
  private static void assertSaved(
      Weights weights, String name, TensorType type, long[] shape, int... elements) {
    TensorEntry tensor = Objects.requireNonNull(weights.find(name), name);
    assertThat(tensor.type()).as(name).isEqualTo(type);
    assertThat(tensor.shape()).as(name).containsExactly(shape);
    float[] expected = new float[elements.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (7 * elements[i] % 23 - 11) / 8f;
    }
    assertThat(floats(tensor)).as(name).containsExactly(expected);
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

  /** A training program's checkpoint of these weights, all of them F32 or I64. */
  public static Path pickled(Weights weights, Path file) throws IOException {
    Pickle pickle = new Pickle().op('}').text("epoch").number(3).op('s').text("model").op('}');
    Map<String, byte[]> storages = new LinkedHashMap<>();
    for (TensorEntry tensor : weights.tensors().values()) {
      String key = Integer.toString(storages.size());
      storages.put("data/" + key, tensor.data().toArray(ValueLayout.JAVA_BYTE));
      String storage = tensor.type() == TensorType.I64 ? "LongStorage" : "FloatStorage";
      long[] shape = tensor.shape();
      long[] strides = new long[shape.length];
      long stride = 1;
      for (int i = shape.length - 1; i >= 0; i--) {
        strides[i] = stride;
        stride *= shape[i];
      }
      pickle.text(tensor.name()).tensor(storage, key, stride, 0, shape, strides).op('s');
    }
    TorchZip zip = new TorchZip(pickle.op('s').stop());
    storages.forEach(zip::entry);
    return zip.write(file);
  }

  private static float[] floats(TensorEntry tensor) {
    float[] values = new float[(int) tensor.elements()];
    tensor.floats().asFloatBuffer().get(values);
    return values;
  }
}
