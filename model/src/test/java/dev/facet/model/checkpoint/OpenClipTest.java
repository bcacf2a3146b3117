package dev.facet.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.model.Architecture;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.GoldenFile;
import dev.facet.model.ModelOptions;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.clip.ModelPreset;
import dev.facet.model.config.OpenClipFile;
import dev.facet.model.config.TowerSize;
import dev.facet.model.ops.Activation;
import dev.facet.model.ops.Precision;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.siglip.SiglipConfig;
import dev.facet.model.tensors.WeightFiles;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.Weights;
import dev.facet.model.weights.safetensors.SafetensorsFile;
import dev.facet.model.weights.safetensors.SafetensorsWriter;
import dev.facet.model.weights.torch.TorchFileTest;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same weights under OpenCLIP's names and Hugging Face's. */
class OpenClipTest {
  private static final ClipConfig CLIP =
      new ClipConfig(
          8,
          16,
          8,
          new TowerSize(24, 2, 3, 70, Activation.GELU, 1e-5),
          40,
          6,
          38,
          39,
          0,
          new TowerSize(16, 1, 2, 64, Activation.GELU_TANH, 1e-6));

  private static final SiglipConfig SIGLIP =
      new SiglipConfig(
          12,
          16,
          8,
          new TowerSize(12, 2, 3, 45, Activation.GELU_TANH, 1e-6),
          40,
          6,
          1,
          1,
          new TowerSize(16, 1, 2, 64, Activation.GELU, 1e-6));

  @TempDir Path folder;

  static Architecture[] architectures() {
    return new Architecture[] {
      CLIP,
      ModelPreset.TINY.config(16, 8, 6, 40, 38, 39),
      ModelPreset.TINY.config(16, 8, 6, 40, 38, 20),
      ModelPreset.TINY.config(16, 8, 6, 40, 38, 2),
      highest(),
      SIGLIP
    };
  }

  /** As OpenAI's first configs on Hugging Face. */
  private static ClipConfig highest() {
    TowerSize tower = TowerSize.of(12, 1, 2);
    return new ClipConfig(8, 16, 8, tower, 40, 6, 38, ClipConfig.HIGHEST, 1, tower);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void thereAndBackGivesEveryByteAgain(Architecture config) throws IOException {
    Path own = Files.createDirectory(folder.resolve("own"));
    Path theirs = Files.createDirectory(folder.resolve("theirs"));
    Path again = Files.createDirectory(folder.resolve("again"));
    try (DualEncoder model = random(config)) {
      ModelDirectory.write(model, own);
      export(model, TensorType.F32, theirs);
    }
    try (DualEncoder read = open(theirs)) {
      assertThat(read.config()).isEqualTo(config);
      ModelDirectory.write(read, again);
    }
    assertThat(again.resolve(ModelDirectory.WEIGHTS))
        .hasSameBinaryContentAs(own.resolve(ModelDirectory.WEIGHTS));
    assertThat(again.resolve(ModelDirectory.CONFIG))
        .hasSameBinaryContentAs(own.resolve(ModelDirectory.CONFIG));
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip-tiny", "clip-tiny-gelu", "siglip-tiny"})
  void bothNamingsOfThePublishedFilesAreOneModel(String name) throws IOException {
    Path golden = GoldenFile.resource(name);
    Path theirs = GoldenFile.resource("open-clip").resolve(name);
    try (DualEncoder one = open(golden);
        SafetensorsFile io = SafetensorsFile.open(golden.resolve("io.safetensors"))) {
      export(one, TensorType.F32, folder);
      assertThat(listing(folder.resolve(OpenClipDirectory.WEIGHTS)))
          .containsExactlyElementsOf(Files.readAllLines(theirs.resolve("tensors.txt")));
      // Byte for byte their tensors, so that with their config this is their folder.
      Path config = Path.of(OpenClipFile.FILE);
      Files.copy(
          theirs.resolve(config), folder.resolve(config), StandardCopyOption.REPLACE_EXISTING);
      try (DualEncoder other = open(folder)) {
        // One file names the end token, the other the highest id, which is the same here.
        assertThat(other.config())
            .usingRecursiveComparison()
            .ignoringFields("eosToken")
            .isEqualTo(one.config());
        assertThat(weights(other)).isEqualTo(weights(one));
        assertThat(features(other, io)).isEqualTo(features(one, io));
      }
    }
  }

  @Test
  void captionsReadAtTheirHighestIdStaySoInOpenClipsFiles() throws IOException {
    try (DualEncoder model = random(highest())) {
      export(model, TensorType.F32, folder);
    }
    JsonNode json = Json.read(folder.resolve(OpenClipFile.FILE), JsonNode.class);
    assertThat(json.at("/model_cfg/text_cfg/pool_type").asText("argmax")).isEqualTo("argmax");
    try (DualEncoder read = open(folder)) {
      assertThat(((ClipConfig) read.config()).readsHighest()).isTrue();
    }
  }

  @Test
  void eitherConfigOpensEitherNaming() throws IOException {
    try (DualEncoder model = random(CLIP)) {
      Path own = Files.createDirectory(folder.resolve("own"));
      Path theirs = Files.createDirectory(folder.resolve("theirs"));
      ModelDirectory.write(model, own);
      export(model, TensorType.F32, theirs);
      Files.move(own.resolve(ModelDirectory.CONFIG), theirs.resolve(ModelDirectory.CONFIG));
      Files.move(theirs.resolve(OpenClipFile.FILE), own.resolve(OpenClipFile.FILE));
      try (DualEncoder one = open(own);
          DualEncoder other = open(theirs)) {
        assertThat(weights(one)).isEqualTo(weights(model));
        assertThat(weights(other)).isEqualTo(weights(model));
      }
    }
  }

  @Test
  void towersApartWrappersAndBuffersAreSeenThrough() throws IOException {
    try (DualEncoder model = random(CLIP)) {
      export(model, TensorType.F32, folder);
      rewrite(
          name ->
              "module._orig_mod.model."
                  + (name.matches("(transformer|token_|positional|ln_final|text_proj).*")
                      ? "text." + name
                      : name),
          "module._orig_mod.model.text.attn_mask",
          "module._orig_mod.model.visual.position_ids",
          "module._orig_mod.model.vocab_size");
      try (DualEncoder read = open(folder)) {
        assertThat(weights(read)).isEqualTo(weights(model));
      }
    }
  }

  @Test
  void aFileOfOpenAisAloneHasItsSizesInItsShapes() throws IOException {
    TowerSize tower = TowerSize.of(64, 2, 1);
    Architecture config =
        new ClipConfig(8, 12, 4, tower, 40, 6, 38, ClipConfig.HIGHEST, 0, TowerSize.of(128, 1, 2));
    Path alone = Files.createDirectory(folder.resolve("alone"));
    Path file = alone.resolve("ViT-B-32.pt");
    try (DualEncoder model = random(config)) {
      export(model, TensorType.F32, folder);
      try (Weights weights = WeightFiles.open(folder)) {
        TorchFileTest.pickled(weights, file);
      }
      assertThatThrownBy(() -> open(alone).close())
          .isInstanceOf(FacetException.class)
          .hasMessageContaining(file + " says nothing of its model");
      rewrite(name -> name, "input_resolution", "context_length", "vocab_size");
      try (Weights weights = WeightFiles.open(folder)) {
        TorchFileTest.pickled(weights, file);
      }
      try (DualEncoder read = open(alone)) {
        assertThat(read.config()).isEqualTo(config);
        assertThat(weights(read)).isEqualTo(weights(model));
      }
    }
  }

  @Test
  void aWeightThatDoesNotFitIsToldByBothItsNames() throws IOException {
    try (DualEncoder model = random(CLIP)) {
      export(model, TensorType.F32, folder);
    }
    rewrite(name -> name.equals("visual.ln_pre.bias") ? "visual.ln_before.bias" : name);
    Path config = folder.resolve(OpenClipFile.FILE);
    Files.writeString(
        config, Files.readString(config).replace("\"embed_dim\" : 8", "\"embed_dim\" : 9"));
    assertThatThrownBy(() -> open(folder).close())
        .isInstanceOf(FacetException.class)
        .hasMessageContaining(
            "vision_model.pre_layrnorm.bias (visual.ln_pre.bias): missing, expected (24)")
        .hasMessageContaining("visual_projection.weight (visual.proj): found (8, 24)")
        .hasMessageContaining("text_projection.weight (text_projection): found (8, 16)")
        .hasMessageContaining("visual.ln_before.bias: not part of this architecture");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "visual.layer1.0.conv1.weight = an OpenCLIP ResNet",
        "text_decoder.resblocks.0.ln_1.weight = an OpenCLIP CoCa",
        "text_decoder.bert.embeddings.position_ids = a BLIP",
        "vision_model.head.probe = a SigLIP",
        "patch_embed.proj.weight = a plain ViT",
        "visual_encoder.vision_model.pre_layrnorm.bias = a FLIP"
      })
  void weightsOfAnotherArchitectureAreToldByIt(String name, String words) throws IOException {
    Files.writeString(folder.resolve(ModelDirectory.CONFIG), CLIP.toJson().toString());
    new SafetensorsWriter()
        .add(name, TensorType.F32, new long[] {1}, () -> ByteBuffer.allocate(4))
        .write(folder.resolve(ModelDirectory.WEIGHTS));
    assertThatThrownBy(() -> open(folder).close())
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("holds " + words)
        .hasMessageContaining("describes a model of type clip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"F16", "BF16"})
  void halfWeightsAreTheNearest(String name) throws IOException {
    TensorType type = TensorType.valueOf(name);
    double step = type == TensorType.F16 ? 0x1p-11 : 0x1p-8;
    try (DualEncoder model = random(SIGLIP)) {
      export(model, type, folder);
      try (DualEncoder read = open(folder)) {
        float[] exact = values(model, "text_model.head.weight");
        float[] rounded = values(read, "text_model.head.weight");
        assertThat(rounded).isNotEqualTo(exact);
        for (int i = 0; i < exact.length; i++) {
          assertThat(Math.abs(rounded[i] - exact[i])).isLessThanOrEqualTo(bound(exact[i], step));
        }
      }
    }
  }

  private static float bound(float value, double step) {
    return (float) Math.max(Math.abs(value) * step, 0x1p-24);
  }

  @Test
  void towersThatOpenClipCannotHaveTogetherAreRefused() {
    ClipConfig mixed =
        new ClipConfig(8, 16, 8, TowerSize.of(16, 1, 2), 40, 6, 38, 39, 0, CLIP.text());
    try (DualEncoder model = random(mixed)) {
      assertThatThrownBy(() -> export(model, TensorType.F32, folder))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("one quick_gelu for both towers");
    }
  }

  private static DualEncoder random(Architecture config) {
    return DualEncoder.random(
        config, new ModelOptions(DeviceChoice.CPU, Precision.FLOAT32, null, false, 0, 3));
  }

  private static DualEncoder open(Path from) throws IOException {
    return ModelDirectory.open(from, ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32));
  }

  private static void export(DualEncoder model, TensorType type, Path to) throws IOException {
    Preprocessing pictures = Preprocessing.clip(model.config().imageSize());
    OpenClipDirectory.write(model, pictures, null, type, to);
  }

  /** Writes the weights again under other names, with buffers beside them. */
  private void rewrite(UnaryOperator<String> rename, String... buffers) throws IOException {
    Path file = folder.resolve(OpenClipDirectory.WEIGHTS);
    Path old = Files.move(file, folder.resolve("old"));
    try (SafetensorsFile tensors = SafetensorsFile.open(old)) {
      SafetensorsWriter writer = new SafetensorsWriter();
      for (String buffer : buffers) {
        writer.add(buffer, TensorType.I64, new long[] {1}, () -> ByteBuffer.allocate(8));
      }
      tensors
          .tensors()
          .forEach(
              (name, entry) ->
                  writer.add(
                      rename.apply(name),
                      entry.type(),
                      entry.shape(),
                      () -> entry.data().asByteBuffer()));
      writer.write(file);
    }
  }

  private static String weights(DualEncoder model) {
    StringBuilder all = new StringBuilder();
    model
        .weights()
        .forEach(
            (name, value) ->
                all.append(name).append(Arrays.toString(value.toFloatArray())).append('\n'));
    return all.toString();
  }

  private static float[] values(DualEncoder model, String name) {
    return Objects.requireNonNull(model.weights().get(name), name).toFloatArray();
  }

  private static String features(DualEncoder model, SafetensorsFile io) {
    try (NDManager scope = model.manager().newSubManager()) {
      NDArray pixels = array(scope, io, "pixel_values", DataType.FLOAT32);
      NDArray ids = array(scope, io, "input_ids", DataType.INT64);
      return Arrays.toString(model.encodeImages(pixels, false).toFloatArray())
          + Arrays.toString(model.encodeTexts(ids, false).toFloatArray());
    }
  }

  private static NDArray array(NDManager scope, SafetensorsFile io, String name, DataType type) {
    TensorEntry entry = Objects.requireNonNull(io.find(name));
    ByteBuffer bytes = entry.data().asByteBuffer().order(ByteOrder.nativeOrder());
    return scope.create(bytes, new Shape(entry.shape()), type);
  }

  /** Every tensor of a file: name, type, shape and a digest of its bytes. */
  private static List<String> listing(Path file) throws IOException {
    MessageDigest digest = sha256();
    List<String> lines = new ArrayList<>();
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      for (TensorEntry entry : new TreeMap<>(tensors.tensors()).values()) {
        String shape =
            Arrays.stream(entry.shape()).mapToObj(Long::toString).collect(Collectors.joining("x"));
        byte[] bytes = digest.digest(entry.data().toArray(ValueLayout.JAVA_BYTE));
        String hash = HexFormat.of().formatHex(bytes, 0, 16);
        lines.add("%s %s %s %s".formatted(entry.name(), entry.type(), shape, hash));
      }
    }
    return lines;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
