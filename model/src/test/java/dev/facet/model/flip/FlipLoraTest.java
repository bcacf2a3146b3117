package dev.facet.model.flip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.facet.base.FacetException;
import dev.facet.model.DualEncoder;
import dev.facet.model.Tiny;
import dev.facet.model.adapt.Adaptation;
import dev.facet.model.adapt.Adapting;
import dev.facet.model.adapt.Lora;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.layers.Adapter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlipLoraTest {
  /** What the config says unless told otherwise: names of the image tower's maps. */
  private static final List<String> USUAL = List.of("*.q_proj", "*.v_proj");

  @TempDir Path folder;

  @Test
  void adaptersStandInBothTowersAndAloneLearn() {
    Lora lora =
        new Lora(
            2, 4, 0, List.of("*.q_proj", "*.query", "*.layer.0.*.dense", "*.key"), List.of("temp"));
    try (DualEncoder model = random()) {
      Adapting.apply(model, Tiny.lora(lora));
      assertThat(model.adapters().stream().map(Adapter::module).filter(each -> !vision(each)))
          .containsExactly(
              "text_encoder.encoder.layer.0.attention.self.query",
              "text_encoder.encoder.layer.0.attention.self.key",
              "text_encoder.encoder.layer.0.attention.output.dense",
              "text_encoder.encoder.layer.0.intermediate.dense",
              "text_encoder.encoder.layer.0.output.dense",
              "text_encoder.encoder.layer.1.attention.self.query",
              "text_encoder.encoder.layer.1.attention.self.key");
      Map<String, float[]> before = Tiny.values(model.trained());
      assertThat(before).hasSize(1 + 2 * (3 + 7));
      Tiny.train(model, Tiny.optimizer(model, 1), 2);
      Tiny.values(model.trained())
          .forEach((name, now) -> assertThat(now).as(name).isNotEqualTo(before.get(name)));
    }
  }

  @Test
  void picturesAndCaptionsReadTogetherGoThroughTheAdapters() throws IOException {
    try (DualEncoder model = random();
        NDManager scope = model.manager().newSubManager()) {
      float[] plain = logits(model, scope);
      Adapting.apply(model, Tiny.lora(Tiny.LORA));
      assertThat(logits(model, scope)).containsExactly(plain);
      Tiny.train(model, Tiny.optimizer(model, 1), 3);
      float[] adapted = logits(model, scope);
      assertThat(adapted).isNotEqualTo(plain);
      ModelDirectory.write(model, folder);
      try (DualEncoder read = ModelDirectory.open(folder, Tiny.options(0))) {
        assertThat(logits(read, scope)).containsExactly(adapted, within(1e-6F));
      }
    }
  }

  @Test
  void targetsThatReachOneTowerOnlyAreRefusedUnlessTheOtherIsToStay() {
    try (DualEncoder model = random()) {
      assertThatThrownBy(
              () -> Adapting.apply(model, Tiny.lora(new Lora(2, 4, 0, USUAL, List.of()))))
          .isInstanceOf(FacetException.class)
          .hasMessage(
              "model.lora.targets reach no linear map of the text tower, of which nothing would"
                  + " learn: add some of *.query, *.key, *.value, *.dense, or set"
                  + " model.lock_text_tower=true");
    }
    try (DualEncoder model = random()) {
      Adapting.apply(
          model, new Adaptation(List.of(), false, true, new Lora(2, 4, 0, USUAL, List.of())));
      assertThat(model.trained().keySet()).hasSize(2 * 2 * 3).allMatch(FlipLoraTest::vision);
    }
    try (DualEncoder model = random()) {
      Adapting.apply(model, Tiny.lora(new Lora(2, 4, 0, USUAL, List.of("text_proj.*"))));
      assertThat(model.trained()).containsKey("text_proj.bias");
    }
  }

  private static boolean vision(String name) {
    return name.startsWith("visual_encoder.");
  }

  private static DualEncoder random() {
    return DualEncoder.random(Tiny.flip(), Tiny.options(3));
  }

  private static float[] logits(DualEncoder model, NDManager scope) {
    Matching matching = Matching.of(model);
    return matching
        .matchLogits(matching.imageHidden(Tiny.pixels(scope)), Tiny.ids(scope, model.config()))
        .toFloatArray();
  }
}
