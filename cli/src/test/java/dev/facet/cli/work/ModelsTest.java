package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.augment.resample.CropRounding;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.cli.config.Assignment;
import dev.facet.cli.config.Config;
import dev.facet.cli.work.Sizes.Tokens;
import dev.facet.model.Architecture;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.clip.ModelPreset;
import dev.facet.model.config.TowerSize;
import dev.facet.model.flip.FlipConfig;
import dev.facet.model.flip.FlipPretraining;
import dev.facet.model.ops.Activation;
import dev.facet.model.ops.Precision;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.pictures.Resizing;
import dev.facet.model.text.BpeTrainer;
import dev.facet.model.text.CaptionCleanup;
import dev.facet.model.text.CaptionTokenizer;
import dev.facet.model.text.TokenizerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
  private static final Resizing SQUASH = new Resizing(true, Resizing.BILINEAR);

  @TempDir Path folder;
  private Preprocessing own;

  /** A checkpoint without its weights. */
  @BeforeEach
  void checkpoint() throws IOException {
    Files.writeString(
        folder.resolve(ModelDirectory.CONFIG),
        Json.LINE.writeValueAsString(ModelPreset.TINY.config(48, 16, 12, 520, 518, 519).toJson()));
    own = new Preprocessing(48, List.of(0.5, 0.4, 0.3), List.of(0.2, 0.3, 0.4), SQUASH);
    Files.writeString(folder.resolve(Preprocessing.FILE), own.toJson());
  }

  private Config config(String model, String eval) throws IOException {
    Path file = folder.resolve("my.yaml");
    Files.writeString(file, "model: {%s}\neval: {%s}\n".formatted(model, eval));
    return Config.loadWithoutData(file, List.of());
  }

  private Config started(String eval) throws IOException {
    return config("init: " + folder, eval);
  }

  @Test
  void aCheckpointSaysSizeStatisticsAndResizing() throws IOException {
    assertThat(Models.preprocessing(started(""))).isEqualTo(own);
  }

  @Test
  void theConfigMayResizeACheckpointsPicturesOtherwise() throws IOException {
    assertThat(Models.preprocessing(started("resize_mode: shortest")).resizing())
        .isEqualTo(new Resizing(false, Resizing.BILINEAR));
    assertThat(Models.preprocessing(started("interpolation: bicubic")).resizing())
        .isEqualTo(Resizing.SQUASH);
  }

  @Test
  void aRunCleansCaptionsUpAsItsWeightsWereTrained() throws IOException {
    Files.writeString(folder.resolve("vocab.txt"), "[UNK]\n[CLS]\n[SEP]\n");
    TokenizerFiles silent = TokenizerFiles.open(folder);
    assertThat(Models.cleanup(started("").model(), silent)).isEqualTo(CaptionCleanup.WEB);
    Files.writeString(
        folder.resolve(TokenizerFiles.SETTINGS), silent.settings(12, CaptionCleanup.FLIP));
    TokenizerFiles files = TokenizerFiles.open(folder);
    assertThat(Models.cleanup(started("").model(), files)).isEqualTo(CaptionCleanup.FLIP);
    Config other = config("init: %s, caption_cleanup: none".formatted(folder), "");
    assertThat(Models.cleanup(other.model(), files)).isEqualTo(CaptionCleanup.NONE);
  }

  @Test
  void aTokenizerWhosePaddingFlipWouldReadIsRefused() throws IOException {
    TowerSize tower = new TowerSize(8, 1, 2, 16, Activation.GELU, 1e-6);
    FlipConfig flip = new FlipConfig(8, 16, 8, tower, 32, 10, 16, 0, tower, 6);
    Files.writeString(folder.resolve("vocab.txt"), "[UNK]\n[CLS]\n[SEP]\n[PAD]\n");
    try (CaptionTokenizer tokenizer = CaptionTokenizer.open(folder, 10)) {
      assertThatThrownBy(() -> Models.requireTokens(tokenizer, flip, folder))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("fills captions up with id 3")
          .hasMessageContaining("passes over id 0");
    }
  }

  @Test
  void flipsObjectiveDoesNotUndoTheFreezing() throws IOException {
    TowerSize tower = new TowerSize(8, 1, 2, 16, Activation.GELU, 1e-6);
    FlipConfig flip = new FlipConfig(8, 16, 8, tower, 32, 10, 16, 0, tower, 6);
    Path start = Files.createDirectory(folder.resolve("flip"));
    try (DualEncoder model =
        DualEncoder.random(flip, ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32))) {
      ModelDirectory.write(model, start);
    }
    Files.writeString(start.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n");
    Config config =
        Config.loadWithoutData(
            null,
            Stream.of(
                    "model.init=" + start,
                    "model.device=cpu",
                    "model.freeze=[itm_head*]",
                    "train.objective=flip")
                .map(Assignment::parse)
                .toList());
    try (CaptionTokenizer tokenizer = CaptionTokenizer.open(start, 10);
        DualEncoder model =
            Models.create(
                config, new Seen.Pixels(Models.preprocessing(config)), tokenizer, 0, note -> {})) {
      FlipPretraining.of(model);
      assertThat(model.trained().keySet())
          .anyMatch(name -> name.contains(".crossattention."))
          .noneMatch(name -> name.startsWith("itm_head"));
    }
  }

  @Test
  void withoutACheckpointTheConfigSaysTheSize() throws IOException {
    assertThat(Models.preprocessing(config("image_size: 32", "")))
        .isEqualTo(Preprocessing.clip(32));
  }

  @Test
  void weightsSeePicturesOfAnySizeThatHoldsOnePatch() throws IOException {
    Config larger = config("image_size: 64, init: " + folder, "");
    assertThat(Models.preprocessing(larger)).isEqualTo(own.sized(64));
    Config odd = config("image_size: 50, init: " + folder, "");
    assertThat(Models.preprocessing(odd)).isEqualTo(own.sized(50));
    try (CaptionTokenizer tokenizer = learned("{}")) {
      assertThat(Sizes.of(odd.model(), Tokens.of(tokenizer)).imageSize()).isEqualTo(50);
    }
    Config small = config("image_size: 15, init: " + folder, "");
    assertThatThrownBy(() -> Models.preprocessing(small))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("patches of 16 pixels; ask for at least one patch");
  }

  @Test
  void aPresetsPatchesFillThePicture() throws IOException {
    Config odd = config("preset: vit-b-16, image_size: 50", "");
    try (CaptionTokenizer tokenizer = learned("{}")) {
      assertThatThrownBy(() -> Sizes.of(odd.model(), Tokens.of(tokenizer)))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("an image size of 48 would fit");
    }
  }

  @Test
  void aCheckpointIsScoredAtTheSizeThatIsAskedFor() throws IOException {
    try (DualEncoder model =
        DualEncoder.random(
            ModelDirectory.config(folder),
            ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32))) {
      ModelDirectory.write(model, folder);
    }
    Config larger = config("device: cpu, image_size: 64", "");
    assertThat(Models.preprocessing(larger, folder)).isEqualTo(own.sized(64));
    try (DualEncoder model = Models.open(larger.model(), folder)) {
      assertThat(model.config().imageSize()).isEqualTo(64);
    }
    try (DualEncoder model = Models.open(config("device: cpu", "").model(), folder)) {
      assertThat(model.config().imageSize()).isEqualTo(48);
    }
  }

  @Test
  void idsBesideThoseOfTheWeightsAreRefused() throws IOException {
    Architecture sizes = ModelDirectory.config(folder);
    try (CaptionTokenizer good = learned("{}")) {
      Models.requireTokens(good, sizes, folder);
    }
    try (CaptionTokenizer padding =
        learned(
            """
            {"padding": {"strategy": "BatchLongest", "direction": "Right", "pad_to_multiple_of": null,
             "pad_id": 50000, "pad_type_id": 0, "pad_token": "<pad>"}}
            """)) {
      assertThatThrownBy(() -> Models.requireTokens(padding, sizes, folder))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("puts id 50000 around captions or fills them up with it")
          .hasMessageContaining("ids from 0 to 519 only");
    }
    try (CaptionTokenizer ends =
        learned(
            """
            {"post_processor": {"type": "BertProcessing", "sep": ["end", 50001], "cls": ["start", 1]}}
            """)) {
      assertThatThrownBy(() -> Models.requireTokens(ends, sizes, folder))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("puts id 50001 around captions");
    }
  }

  @Test
  void whereCaptionsAreReadAtTheirHighestIdTheEndHasToBeIt() throws IOException {
    ObjectNode json = ModelPreset.TINY.config(48, 16, 12, 520, 518, 519).toJson();
    ((ObjectNode) json.get("text_config")).put("eos_token_id", 2);
    Files.writeString(folder.resolve("config.json"), json.toString());
    Architecture sizes = ModelDirectory.config(folder);
    try (CaptionTokenizer good = learned("{}")) {
      Models.requireTokens(good, sizes, folder);
    }
    String inner =
        "{'post_processor': {'type': 'BertProcessing', 'sep': ['a', 7], 'cls': ['b', 1]}}";
    try (CaptionTokenizer low = learned(inner.replace('\'', '"'))) {
      assertThatThrownBy(() -> Models.requireTokens(low, sizes, folder))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("ends captions with id 7 and has ids up to 519")
          .hasMessageContaining("reads captions at their highest id")
          .hasMessageContaining("name 7 as the end in its config");
    }
  }

  @Test
  void aRunCutsTheCentreAsItsCheckpointsSay() throws IOException {
    Files.delete(folder.resolve(Preprocessing.FILE));
    Files.writeString(folder.resolve("open_clip_config.json"), "{\"preprocess_cfg\": {}}");
    Resizing scored = Models.preprocessing(config("", ""), folder).resizing();
    assertThat(scored).isEqualTo(Resizing.CLIP.cut(Resizing.Cut.TORCHVISION));
    assertThat(
            Loading.evaluation(config("", ""), Preprocessing.clip(48).resized(scored)).rounding())
        .isEqualTo(CropRounding.EVEN);
    Preprocessing running = Models.preprocessing(started(""));
    assertThat(running.resizing()).isEqualTo(Resizing.CLIP);
    Files.writeString(folder.resolve(Preprocessing.FILE), running.toJson());
    assertThat(Models.preprocessing(config("", ""), folder)).isEqualTo(running);
  }

  /** A tokenizer of 520 ids, with these keys in place of its own. */
  private CaptionTokenizer learned(String keys) throws IOException {
    Path file = folder.resolve(TokenizerFiles.TOKENIZER);
    BpeTrainer trainer = new BpeTrainer();
    trainer.add("a red face, a blue face, ".repeat(3));
    trainer.train(520).write(file);
    ObjectNode json = Json.read(file, ObjectNode.class);
    json.setAll((ObjectNode) Json.LINE.readTree(keys));
    Files.writeString(file, Json.LINE.writeValueAsString(json));
    return CaptionTokenizer.open(file, 12);
  }

  @Test
  void whatIsScoredWithIsWhatIsWrittenBesideTheWeights() throws IOException {
    Config config = config("image_size: 32", "resize_mode: squash, interpolation: bilinear");
    assertThat(Models.preprocessing(config).resizing()).isEqualTo(SQUASH);
  }

  @Test
  void aCheckpointThatResizesOtherwiseIsTold() throws IOException {
    assertThat(Models.otherResizing(started(""), folder)).isNull();
    Config otherwise = started("resize_mode: shortest, interpolation: bicubic");
    assertThat(Models.otherResizing(otherwise, folder))
        .isEqualTo(
            "warning: the model in %s wants squash, bilinear, but this config resizes by shortest, bicubic:"
                    .formatted(folder)
                + " see eval.resize_mode and eval.interpolation");
    Config same = started("resize_mode: squash, interpolation: bilinear");
    assertThat(Models.otherResizing(same, folder)).isNull();
    assertThat(Models.otherResizing(same, null)).isNull();
  }
}
