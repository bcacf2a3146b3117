package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.cli.config.Assignment;
import dev.facet.cli.config.Config;
import dev.facet.eval.report.EvalSource;
import dev.facet.eval.report.ReportTable;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.clip.ModelPreset;
import dev.facet.model.pictures.Preprocessing;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class InEffectTest {
  private static final EvalSource SOURCE = new EvalSource("models/clip", "faces", "test", 0, "1a");

  @Test
  void aModelFromElsewhereIsSaidNothingOfItsTraining() throws IOException {
    String page = tables(config(), null);
    assertThat(page)
        .contains("Model: checkpoint: models/clip")
        .contains("Model: pictures: 16 x 16 pixels, patches of 8")
        .contains("Evaluation: data: faces, split test")
        .contains("Made with: model runs on: CPU")
        .doesNotContain("Training", "small", "learning rate", "batch");
    assertThat(page).containsPattern("Model: weights: [\\d,]+\n");
  }

  @Test
  void aRunIsToldWithWhatItStartedFromAndHowItVariedPictures() throws IOException {
    String page =
        tables(
            config(),
            config(
                "model.init=models/start",
                "model.lora.rank=4",
                "train.clip_norm=0",
                "augment=[{flip: {captions: swap}}]"));
    assertThat(page)
        .contains("Training: start: models/start\n")
        .contains("Training: LoRA rank: 4\n")
        .containsPattern("Training: augmentation: .*flip.*swap")
        .contains("Training: optimizer: AdamW, betas 0.9 and 0.98")
        .contains("Training: learning rate: 5.0E-4 after 100 steps of warm-up, cosine to 0\n")
        .contains("Training: epochs: 10\n")
        .doesNotContain("preset", "clipped", "layer decay", "frozen");
    assertThat(tables(config(), config())).contains("start: preset small, drawn at random\n");
  }

  private static Config config(String... settings) {
    return Config.load(
        null,
        Stream.concat(Stream.of("data.root=faces"), Stream.of(settings))
            .map(Assignment::parse)
            .toList());
  }

  /** One line for each fact. */
  private static String tables(Config config, @Nullable Config trained) throws IOException {
    ModelOptions options = ModelOptions.plain(DeviceChoice.CPU, config.model().precision());
    StringBuilder lines = new StringBuilder();
    try (DualEncoder model =
        DualEncoder.random(ModelPreset.TINY.config(16, 8, 12, 300, 298, 299), options)) {
      List<ReportTable> tables =
          InEffect.tables(config, trained, model, new Seen.Pixels(Preprocessing.clip(16)), SOURCE);
      for (ReportTable table : tables) {
        table
            .rows()
            .forEach(
                (name, value) ->
                    lines.append(
                        String.format(Locale.ROOT, "%s: %s: %s\n", table.title(), name, value)));
      }
    }
    return lines.toString();
  }
}
