package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.cli.config.Config;
import dev.facet.model.ModelDirectory;
import dev.facet.model.ModelPreset;
import dev.facet.model.Preprocessing;
import dev.facet.model.Resizing;
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
  void aCheckpointSaysSizeAndStatistics() throws IOException {
    assertThat(Models.preprocessing(started(""))).isEqualTo(own.resized(Resizing.CLIP));
  }

  @Test
  void withoutACheckpointTheConfigSaysTheSize() throws IOException {
    assertThat(Models.preprocessing(config("image_size: 32", "")))
        .isEqualTo(Preprocessing.clip(32));
  }

  @Test
  void aSizeOtherThanTheCheckpointsIsRefused() throws IOException {
    Config config = config("image_size: 32, init: " + folder, "");
    assertThatThrownBy(() -> Models.preprocessing(config))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("are for 48; leave it out");
  }

  @Test
  void whatIsScoredWithIsWhatIsWrittenBesideTheWeights() throws IOException {
    Config config = config("image_size: 32", "resize_mode: squash, interpolation: bilinear");
    assertThat(Models.preprocessing(config).resizing()).isEqualTo(SQUASH);
  }

  @Test
  void aCheckpointThatResizesOtherwiseIsTold() throws IOException {
    assertThat(Models.otherResizing(started(""), folder))
        .isEqualTo(
            "warning: %s says squash, bilinear, but this config resizes by shortest, bicubic:"
                    .formatted(folder.resolve(Preprocessing.FILE))
                + " see eval.resize_mode and eval.interpolation");
    Config same = started("resize_mode: squash, interpolation: bilinear");
    assertThat(Models.otherResizing(same, folder)).isNull();
    assertThat(Models.otherResizing(same, null)).isNull();
  }
}
