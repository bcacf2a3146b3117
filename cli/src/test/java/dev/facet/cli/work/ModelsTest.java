package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.cli.config.Config;
import dev.facet.model.FlipConfig;
import dev.facet.model.ModelDirectory;
import dev.facet.model.ModelPreset;
import dev.facet.model.Tower;
import dev.facet.model.ops.Activation;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.pictures.Resizing;
import dev.facet.model.text.CaptionCleanup;
import dev.facet.model.text.CaptionTokenizer;
import dev.facet.model.text.TokenizerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    Tower tower = new Tower(8, 1, 2, 16, Activation.GELU, 1e-6);
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
  void withoutACheckpointTheConfigSaysTheSize() throws IOException {
    assertThat(Models.preprocessing(config("image_size: 32", "")))
        .isEqualTo(Preprocessing.clip(32));
  }

  @Test
  void picturesAreAsLargeAsTheConfigAsksWherePatchesFit() throws IOException {
    Config larger = config("image_size: 64, init: " + folder, "");
    assertThat(Models.preprocessing(larger)).isEqualTo(own.sized(64));
    Config odd = config("image_size: 50, init: " + folder, "");
    assertThatThrownBy(() -> Models.preprocessing(odd))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("48 would fit");
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
