package dev.facet.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.cli.settings.ModelConfig;
import dev.facet.model.adapt.Adaptation;
import dev.facet.model.adapt.Lora;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

final class AdaptingChecksTest {
  @Test
  void adaptingTakesTheWordsOfTheConfig() {
    Config config =
        load("model.init=clip", "model.lora={rank: 4, dropout: 0.1, train: logit_scale}");
    assertThat(config.model().adaptation())
        .isEqualTo(
            new Adaptation(
                List.of(),
                false,
                false,
                new Lora(4, 16, 0.1, List.of("*.q_proj", "*.v_proj"), List.of("logit_scale"))));
    assertThat(load().model().adaptation().lora()).isNull();
  }

  @Test
  void eachTowerStartsFromItsOwnFolderElseFromInit() {
    ModelConfig model = load("model.init=both", "model.init_text=texts").model();
    assertThat(model.images()).isEqualTo(Path.of("both"));
    assertThat(model.texts()).isEqualTo(Path.of("texts"));
  }

  @Test
  void lockedOrAdaptedTowersNeedWeights() {
    refused("model.lock_image_tower=true")
        .hasMessageContaining("name a checkpoint in model.init or model.init_image");
    refused("model.lock_text_tower=true", "model.init_image=images")
        .hasMessageContaining("name a checkpoint in model.init or model.init_text");
    refused("model.lora.rank=8", "model.init_image=images")
        .hasMessageContaining("model.lora adapts weights that stay as they are");
    load("model.lora.rank=8", "model.init_image=images", "model.init_text=texts");
  }

  @Test
  void settingsThatDoNothingTogetherAreAllToldAtOnce() {
    refused(
            "model.init=clip",
            "model.lock_image_tower=true",
            "model.lock_text_tower=true",
            "model.patch_dropout=0.5",
            "model.freeze=logit_scale",
            "model.lora.rank=8",
            "model.lora.targets=[]")
        .hasMessageContaining("leave nothing to train")
        .hasMessageContaining("model.patch_dropout has no effect on a locked image tower")
        .hasMessageContaining("model.freeze has no effect with LoRA")
        .hasMessageContaining("model.lora.targets is empty");
  }

  @Test
  void settingsOfLoraWithoutItAreAllToldAtOnce() {
    refused(
            "model.init=clip",
            "model.lora={alpha: 32, dropout: 0.05, targets: ['*.fc1'], train: [logit_scale]}")
        .hasMessageContaining("model.lora.alpha has no effect without LoRA: set model.lora.rank")
        .hasMessageContaining("model.lora.dropout has no effect without LoRA")
        .hasMessageContaining("model.lora.targets has no effect without LoRA")
        .hasMessageContaining("model.lora.train has no effect without LoRA");
    load("model.init=clip", "model.lora={rank: 0, alpha: 16, targets: ['*.q_proj', '*.v_proj']}");
  }

  @Test
  void sizesOfAFolderAreNotAskedFor() {
    refused("model.init_image=images", "model.patch_size=8")
        .hasMessageContaining("cannot differ from the weights of model.init_image");
  }

  private static Config load(String... settings) {
    return Config.loadWithoutData(null, Stream.of(settings).map(Assignment::parse).toList());
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(String... settings) {
    return assertThatThrownBy(() -> load(settings)).isInstanceOf(FacetException.class);
  }
}
