package dev.facet.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.facet.base.FacetException;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.config.TowerSize;
import dev.facet.model.ops.Ops;
import dev.facet.model.ops.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PositionResizingTest {
  private static final ClipConfig CONFIG =
      new ClipConfig(8, 16, 4, TowerSize.of(12, 1, 2), 40, 6, 38, 39, 39, TowerSize.of(8, 1, 2));

  @Test
  void aCheckpointOpensForAnotherImageSize(@TempDir Path folder) throws IOException {
    ModelOptions own = ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32);
    try (DualEncoder model = DualEncoder.random(CONFIG, own)) {
      ModelDirectory.write(model, folder);
    }
    ModelOptions larger = new ModelOptions(DeviceChoice.CPU, Precision.FLOAT32, 24, false, 0, 0);
    try (DualEncoder model = ModelDirectory.open(folder, larger);
        NDManager scope = model.manager().newSubManager()) {
      assertThat(model.config().imageSize()).isEqualTo(24);
      NDArray pixels = scope.ones(new Shape(2, 3, 24, 24));
      assertThat(model.encodeImages(pixels, false).getShape()).isEqualTo(new Shape(2, 8));
    }
  }

  @Test
  void itIsToldThatPositionsWereResized(@TempDir Path folder) throws IOException {
    ModelOptions own = ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32);
    try (DualEncoder model = DualEncoder.random(CONFIG, own)) {
      ModelDirectory.write(model, folder);
    }
    List<String> notes = new ArrayList<>();
    InitialWeights from = InitialWeights.of(folder);
    ModelDirectory.start(CONFIG, from, own, notes::add).close();
    assertThat(notes).isEmpty();
    ModelDirectory.start(CONFIG.withImageSize(24), from, own, notes::add).close();
    assertThat(notes)
        .containsExactly(
            folder
                + ": position embeddings resized from 4 x 4 to 6 x 6 patches, for pictures of 24"
                + " pixels instead of 16");
  }

  @Test
  void positionsThatDoNotFitTheirOwnConfigAreRefused(@TempDir Path folder) throws IOException {
    ModelOptions own = ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32);
    try (DualEncoder model = DualEncoder.random(CONFIG, own)) {
      ModelDirectory.write(model, folder);
    }
    Path config = folder.resolve(ModelDirectory.CONFIG);
    Files.writeString(
        config, Files.readString(config).replace("\"image_size\" : 16", "\"image_size\" : 24"));
    String refusal = "position_embedding.weight: found (17, 12), expected (37, 12)";
    assertThatThrownBy(() -> ModelDirectory.open(folder, own).close())
        .isInstanceOf(FacetException.class)
        .hasMessageContaining(refusal);
    ModelOptions larger = new ModelOptions(DeviceChoice.CPU, Precision.FLOAT32, 32, false, 0, 0);
    assertThatThrownBy(() -> ModelDirectory.open(folder, larger).close())
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("found (17, 12), expected (65, 12)");
  }

  @Test
  void whatFillsNoPatchIsNotSeen() {
    ModelOptions options = ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32);
    try (DualEncoder model = DualEncoder.random(CONFIG.withImageSize(18), options);
        NDManager scope = model.manager().newSubManager()) {
      NDArray pixels = scope.randomNormal(new Shape(2, 3, 18, 18));
      NDArray rim = pixels.duplicate();
      rim.set(new NDIndex(":, :, 16:, :"), 7);
      rim.set(new NDIndex(":, :, :, 16:"), 7);
      assertThat(model.encodeImages(rim, false).toFloatArray())
          .containsExactly(model.encodeImages(pixels, false).toFloatArray());
    }
  }

  @Test
  void aGridThatVariesSmoothlyKeepsItsCourseAndTheClassTokenStays() {
    float[] table = new float[1 + 16];
    table[0] = 5;
    for (int i = 0; i < 16; i++) {
      table[1 + i] = i % 4;
    }
    for (boolean smooth : new boolean[] {false, true}) {
      try (NDManager scope = NDManager.newBaseManager()) {
        NDArray resized =
            Ops.get().resizePositions(scope.create(table, new Shape(17, 1)), 1, 8, smooth);
        float[] values = resized.toFloatArray();
        assertThat(values).hasSize(65);
        assertThat(values[0]).isEqualTo(5);
        // Inside, a slope stays a slope: columns 3 and 4 of 8 lie at 1.25 and 1.75 of 4.
        assertThat(values[1 + 3]).isCloseTo(1.25f, within(0.05f));
        assertThat(values[1 + 4]).isCloseTo(1.75f, within(0.05f));
      }
    }
  }

  private static org.assertj.core.data.Offset<Float> within(float tolerance) {
    return org.assertj.core.data.Offset.offset(tolerance);
  }
}
