package dev.facet.model.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import dev.facet.model.Architecture;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.config.TowerSize;
import dev.facet.model.flip.FlipConfig;
import dev.facet.model.ops.Activation;
import dev.facet.model.ops.Precision;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.siglip.SiglipConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TorchScriptExportTest {
  private static final int BATCH = 5;

  @TempDir Path folder;

  static List<Architecture> architectures() {
    TowerSize wide = new TowerSize(12, 3, 2, 24, Activation.GELU_TANH, 1e-6);
    return List.of(
        new ClipConfig(8, 16, 4, TowerSize.of(12, 3, 2), 40, 6, 38, 39, 39, TowerSize.of(8, 2, 2)),
        new SiglipConfig(12, 16, 4, wide, 40, 6, 1, 1, wide),
        new FlipConfig(8, 16, 4, wide, 40, 6, 6, 0, wide, 8));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void whatIsWrittenComputesTheModelsOwnFeaturesToTheBitAndOutlivesIt(Architecture config)
      throws Exception {
    try (NDManager scope = NDManager.newBaseManager("PyTorch")) {
      NDArray pixels = pixels(scope, config);
      NDArray ids = ids(scope, config);
      float[] images;
      float[] texts;
      try (DualEncoder model = random(config, Precision.FLOAT32)) {
        images = model.encodeImages(pixels, false).toFloatArray();
        texts = model.encodeTexts(ids, false).toFloatArray();
        TorchScriptExport.write(model, Preprocessing.clip(config.imageSize()), folder);
      }
      assertThat(run(TorchScriptExport.IMAGES, pixels)).containsExactly(images);
      assertThat(run(TorchScriptExport.TEXTS, ids)).containsExactly(texts);
    }
  }

  @Test
  void publishedWeightsGiveTheSameFeatures() throws Exception {
    Path original = Path.of(DualEncoder.class.getResource("clip-tiny").toURI());
    ModelOptions options = ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32);
    try (DualEncoder model = ModelDirectory.open(original, options);
        NDManager scope = NDManager.newBaseManager("PyTorch")) {
      TorchScriptExport.write(model, Preprocessing.clip(model.config().imageSize()), folder);
      NDArray pixels = pixels(scope, model.config());
      assertThat(run(TorchScriptExport.IMAGES, pixels))
          .containsExactly(model.encodeImages(pixels, false).toFloatArray());
      NDArray ids = ids(scope, model.config());
      assertThat(run(TorchScriptExport.TEXTS, ids))
          .containsExactly(model.encodeTexts(ids, false).toFloatArray());
    }
  }

  @Test
  void aModelThatRunsInBfloat16IsWrittenInFloat32() throws Exception {
    Architecture config = architectures().getFirst();
    try (DualEncoder half = random(config, Precision.BFLOAT16);
        DualEncoder whole = random(config, Precision.FLOAT32);
        NDManager scope = NDManager.newBaseManager("PyTorch")) {
      TorchScriptExport.write(half, Preprocessing.clip(config.imageSize()), folder);
      NDArray pixels = pixels(scope, config);
      assertThat(run(TorchScriptExport.IMAGES, pixels))
          .containsExactly(whole.encodeImages(pixels, false).toFloatArray());
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void whatTheTowersComputeWithKeepsItsNameAndShape(Architecture config) throws Exception {
    try (DualEncoder model = random(config, Precision.FLOAT32)) {
      TorchScriptExport.write(model, Preprocessing.clip(config.imageSize()), folder);
      List<String> found = new ArrayList<>();
      for (String file : List.of(TorchScriptExport.IMAGES, TorchScriptExport.TEXTS)) {
        try (Model loaded = load(file);
            NDManager scope = NDManager.newBaseManager("PyTorch")) {
          PtSymbolBlock block = (PtSymbolBlock) loaded.getBlock();
          for (NDArray each : JniUtils.moduleGetParams(block, (PtNDManager) scope)) {
            found.add(each.getName() + " " + each.getShape());
          }
        }
      }
      List<String> own = new ArrayList<>();
      model.weights().forEach((name, array) -> own.add(name + " " + array.getShape()));
      assertThat(found).isNotEmpty().doesNotHaveDuplicates().isSubsetOf(own);
    }
  }

  @Test
  void anEncoderHoldsNoOperationThatItDoesNotCall() throws IOException {
    Architecture config = architectures().getFirst();
    try (DualEncoder model = random(config, Precision.FLOAT32)) {
      TorchScriptExport.write(model, Preprocessing.clip(config.imageSize()), folder);
    }
    try (ZipFile zip = new ZipFile(folder.resolve(TorchScriptExport.TEXTS).toFile())) {
      ZipEntry code = zip.getEntry("text_encoder/code/__torch__.py");
      String source = new String(zip.getInputStream(code).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(source)
          .contains("def forward(", "def block(", "def linear(", "def unit(")
          .doesNotContain("embed_patches", "_fused_adamw_", "cpu");
    }
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException {
    Architecture config = architectures().getLast();
    try (DualEncoder model = random(config, Precision.FLOAT32)) {
      Preprocessing preprocessing = Preprocessing.clip(config.imageSize());
      Path again = Files.createDirectory(folder.resolve("again"));
      TorchScriptExport.write(model, preprocessing, folder);
      TorchScriptExport.write(model, preprocessing, again);
      Path file = folder.resolve(TorchScriptExport.IMAGES);
      assertThat(again.resolve(TorchScriptExport.IMAGES)).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void whatACallerMustKnowIsWrittenBeside() throws IOException {
    Architecture config = architectures().get(1);
    try (DualEncoder model = random(config, Precision.FLOAT32)) {
      TorchScriptExport.write(model, Preprocessing.clip(16), folder);
      JsonNode json = Json.read(folder.resolve(TorchScriptExport.FACTS), JsonNode.class);
      assertThat(json.at("/embed_dim").asInt()).isEqualTo(12);
      assertThat(json.at("/logit_scale").asDouble()).isEqualTo(model.logitScale());
      assertThat(json.at("/logit_bias").asDouble()).isEqualTo(-10);
      assertThat(json.at("/image_encoder/image_size").asInt()).isEqualTo(16);
      assertThat(json.at("/image_encoder/preprocessing/image_mean")).hasSize(3);
      assertThat(json.at("/text_encoder/context_length").asInt()).isEqualTo(6);
      assertThat(json.at("/text_encoder/eos_token_id").asInt()).isEqualTo(1);
      assertThat(json.at("/text_encoder/pad_token_id").asInt()).isEqualTo(1);
    }
  }

  private Model load(String file) throws IOException, MalformedModelException {
    Model model = Model.newInstance("exported", Device.cpu(), "PyTorch");
    model.load(folder.resolve(file));
    return model;
  }

  private float[] run(String file, NDArray input)
      throws IOException, MalformedModelException, TranslateException {
    try (Model model = load(file);
        Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator(null))) {
      return predictor.predict(new NDList(input)).head().toFloatArray();
    }
  }

  private static DualEncoder random(Architecture config, Precision precision) {
    return DualEncoder.random(config, ModelOptions.plain(DeviceChoice.CPU, precision));
  }

  private static NDArray pixels(NDManager scope, Architecture config) {
    int side = config.imageSize();
    Random random = new Random(1);
    float[] values = new float[BATCH * 3 * side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return scope.create(values, new Shape(BATCH, 3, side, side));
  }

  private static NDArray ids(NDManager scope, Architecture config) {
    Random random = new Random(2);
    long[] values = new long[BATCH * config.contextLength()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(config.vocabSize());
    }
    return scope.create(values, new Shape(BATCH, config.contextLength()));
  }
}
