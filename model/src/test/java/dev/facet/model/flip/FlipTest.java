package dev.facet.model.flip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.model.Architecture;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.GoldenFile;
import dev.facet.model.ModelOptions;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.config.ConfigFile;
import dev.facet.model.config.TowerSize;
import dev.facet.model.ops.Activation;
import dev.facet.model.ops.Ops;
import dev.facet.model.ops.Precision;
import dev.facet.model.tensors.FolderContent;
import dev.facet.model.tensors.WeightFiles;
import dev.facet.model.training.FusedAdamW;
import dev.facet.model.training.TrainingBatch;
import dev.facet.model.training.TrainingStep;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.Weights;
import dev.facet.model.weights.torch.TorchFileTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlipTest {
  private static final ModelOptions FLOAT32 =
      ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32);
  private static final FlipConfig CONFIG =
      new FlipConfig(
          8,
          16,
          8,
          new TowerSize(12, 2, 2, 24, Activation.QUICK_GELU, 1e-5),
          32,
          10,
          16,
          0,
          new TowerSize(8, 2, 2, 16, Activation.GELU, 1e-12),
          6);

  @TempDir Path folder;

  @Test
  void theAuthorsFolderGivesEverySize() throws IOException {
    assertThat(ModelDirectory.config(GoldenFile.resource("flip-tiny")))
        .isEqualTo(
            new FlipConfig(
                16,
                32,
                8,
                new TowerSize(24, 2, 4, 56, Activation.QUICK_GELU, 1e-5),
                100,
                24,
                24,
                0,
                new TowerSize(20, 2, 4, 48, Activation.GELU, 1e-12),
                12));
  }

  @Test
  void aConfigComesBackFromItsJson() {
    assertThat(new FlipFamily().read(new ConfigFile("config.json", CONFIG.toJson())))
        .isEqualTo(CONFIG);
    assertThat(CONFIG.encoderToken()).isEqualTo(31);
  }

  @Test
  void whatAConfigLeavesOutIsAsPublished() throws IOException {
    Architecture published =
        new FlipFamily().read(new ConfigFile("", Json.LINE.readTree("{\"model_type\": \"flip\"}")));
    assertThat(published)
        .isEqualTo(
            new FlipConfig(
                256,
                224,
                16,
                new TowerSize(768, 12, 12, 3072, Activation.QUICK_GELU, 1e-5),
                30_524,
                65,
                512,
                0,
                new TowerSize(768, 12, 12, 3072, Activation.GELU, 1e-12),
                61_440));
  }

  @Test
  void aCheckpointHoldsTowersCopiesAndQueueUnderTheAuthorsNames() throws IOException {
    Path authors = GoldenFile.resource("flip-tiny");
    try (DualEncoder model = ModelDirectory.open(authors, FLOAT32);
        NDManager scope = model.manager().newSubManager()) {
      ModelDirectory.write(model, folder);
      try (DualEncoder read = ModelDirectory.open(folder, FLOAT32);
          GoldenFile before = new GoldenFile(authors.resolve("flip_model.safetensors"))) {
        assertThat(read.config()).isEqualTo(model.config());
        assertThat(read.weights().keySet())
            .containsExactlyInAnyOrderElementsOf(
                before.file().tensors().keySet().stream()
                    .filter(name -> !name.endsWith("position_ids"))
                    .toList());
        assertThat(values(read)).isEqualTo(values(model));
        NDArray pixels = pixels(scope, 3, 32);
        assertThat(read.encodeImages(pixels, false).toFloatArray())
            .containsExactly(model.encodeImages(pixels, false).toFloatArray());
      }
    }
  }

  @Test
  void aPickledCheckpointIsTheSameModel() throws IOException {
    Path authors = GoldenFile.resource("flip-tiny");
    try (Weights weights = WeightFiles.open(authors)) {
      TorchFileTest.pickled(weights, folder.resolve("FLIP-base.pth"));
    }
    for (String name : new String[] {FlipConfig.VISION, FlipConfig.TEXT}) {
      Files.copy(authors.resolve(name), folder.resolve(name));
    }
    try (DualEncoder safe = ModelDirectory.open(authors, FLOAT32);
        DualEncoder read = ModelDirectory.open(folder, FLOAT32)) {
      assertThat(read.config()).isEqualTo(safe.config());
      assertThat(values(read)).isEqualTo(values(safe));
    }
  }

  @Test
  void aSizeThatIsNoneIsRefusedWithFileTensorAndShape() throws IOException {
    Path authors = GoldenFile.resource("flip-tiny");
    for (String name : new String[] {FlipConfig.VISION, FlipConfig.TEXT}) {
      Files.copy(authors.resolve(name), folder.resolve(name));
    }
    Path file = folder.resolve(ModelDirectory.WEIGHTS);
    // As an int the first is 16.
    for (String shape : new String[] {"4294967312, 0", "0, 24"}) {
      byte[] header =
          "{\"vision_proj.weight\": {\"dtype\": \"F32\", \"shape\": [%s], \"data_offsets\": [0, 0]}}"
              .formatted(shape)
              .getBytes(StandardCharsets.UTF_8);
      Files.write(
          file,
          ByteBuffer.allocate(8 + header.length)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(header.length)
              .put(header)
              .array());
      assertThatThrownBy(() -> ModelDirectory.config(folder))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining(file + ": vision_proj.weight has shape (" + shape + ")");
    }
  }

  @Test
  void weightsOfAnotherTypeAreNamed() throws IOException {
    try (DualEncoder model = random(1);
        NDManager scope = model.manager().newSubManager()) {
      ModelDirectory.write(model, folder);
      Map<String, NDArray> weights = model.weights();
      weights.put("idx_queue", scope.zeros(new Shape(1, 6)));
      Files.delete(folder.resolve(ModelDirectory.WEIGHTS));
      new FolderContent()
          .arrays(ModelDirectory.WEIGHTS, weights, TensorType.F32, Map.of())
          .write(folder);
    }
    assertThatThrownBy(() -> ModelDirectory.open(folder, FLOAT32).close())
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("idx_queue: found F32, expected I64");
  }

  @Test
  void theSlowCopiesStartAsTheTowersAndTheQueueAsUnitVectorsOfNobody() {
    try (DualEncoder model = random(1)) {
      Map<String, String> values = values(model);
      String word = "text_encoder.embeddings.word_embeddings.weight";
      assertThat(values)
          .containsEntry(word.replace("encoder", "encoder_m"), String.valueOf(values.get(word)))
          .containsEntry("vision_proj_m.weight", String.valueOf(values.get("vision_proj.weight")))
          .containsEntry("idx_queue", "[-100, -100, -100, -100, -100, -100]")
          .containsEntry("ptr_queue", "[0]");
      float[] queue = array(model, "image_queue").toFloatArray();
      double square = 0;
      for (int row = 0; row < 8; row++) {
        square += queue[row * 6 + 2] * queue[row * 6 + 2];
      }
      assertThat(square).isBetween(0.9999, 1.0001);
    }
  }

  @Test
  void contrastiveTrainingLeavesMatchingCopiesAndQueueAsTheyAre() {
    try (DualEncoder model = random(2);
        NDManager scope = model.manager().newSubManager()) {
      Map<String, String> before = values(model);
      FusedAdamW optimizer = new FusedAdamW(model, 0.9, 0.98, 1e-6);
      NDArray own = scope.create(new long[] {0, 1, 2, 3});
      new TrainingStep(model.contrastive())
          .gradients(new TrainingBatch(pixels(scope, 4, 16), ids(scope, 4), own, 0), 0);
      assertThat(optimizer.clipGradients(scope, 1)).isPositive();
      optimizer.step(scope, 1, 1e-2, 0.1);
      values(model)
          .forEach(
              (name, value) -> {
                boolean kept =
                    name.contains("_m.")
                        || name.endsWith("_queue")
                        || name.contains("crossattention")
                        || name.startsWith("itm_head");
                assertThat(value.equals(before.get(name))).as(name).isEqualTo(kept);
              });
    }
  }

  @Test
  void bothImageTowersOpenForAnotherImageSize() throws IOException {
    try (DualEncoder model = random(1)) {
      ModelDirectory.write(model, folder);
    }
    ModelOptions larger = new ModelOptions(DeviceChoice.CPU, Precision.FLOAT32, 32, false, 0, 0);
    try (DualEncoder model = ModelDirectory.open(folder, larger)) {
      String name = "visual_encoder%s.vision_model.embeddings.position_embedding.weight";
      NDArray resized = array(model, String.format(Locale.ROOT, name, ""));
      assertThat(resized.getShape()).isEqualTo(new Shape(17, 12));
      assertThat(array(model, String.format(Locale.ROOT, name, "_m")).toFloatArray())
          .containsExactly(resized.toFloatArray());
    }
  }

  @Test
  void theTemperatureStaysBetweenTheLimitAndAHalf() {
    try (DualEncoder model = random(1);
        NDManager scope = model.manager().newSubManager()) {
      NDArray temperature = array(model, "temp");
      assertThat(clamped(model, scope, temperature, 1e-9f, 100)).isEqualTo(0.01f);
      assertThat(clamped(model, scope, temperature, 1e-9f, 1e9)).isEqualTo(0.001f);
      assertThat(clamped(model, scope, temperature, 3, 100)).isEqualTo(0.5f);
      assertThat(model.logitScale()).isEqualTo(2);
    }
  }

  private static float clamped(
      DualEncoder model, NDManager scope, NDArray temperature, float value, double max) {
    Ops.get().assign(temperature, scope.create(value));
    model.clampLogitScale(scope, max);
    return temperature.getFloat();
  }

  private static DualEncoder random(long seed) {
    return DualEncoder.random(
        CONFIG, new ModelOptions(DeviceChoice.CPU, Precision.FLOAT32, null, false, 0, seed));
  }

  private static NDArray array(DualEncoder model, String name) {
    return Objects.requireNonNull(model.weights().get(name), name);
  }

  /** As text, so that the difference of a single bit shows. */
  static Map<String, String> values(DualEncoder model) {
    Map<String, String> values = new LinkedHashMap<>();
    model.weights().forEach((name, array) -> values.put(name, Arrays.toString(array.toArray())));
    return values;
  }

  static NDArray pixels(NDManager scope, int n, int side) {
    Random random = new Random(1);
    float[] values = new float[n * 3 * side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return scope.create(values, new Shape(n, 3, side, side));
  }

  static NDArray ids(NDManager scope, int n) {
    Random random = new Random(2);
    long[] values = new long[n * 10];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 10 < 4 + i / 10 ? 1 + random.nextInt(29) : 0;
    }
    return scope.create(values, new Shape(n, 10));
  }
}
