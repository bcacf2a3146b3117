package dev.facet.model.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.facet.base.FacetException;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.Tiny;
import dev.facet.model.ops.Precision;
import dev.facet.model.training.FusedAdamW;
import dev.facet.model.training.WeightRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WeightGroupsTest {
  private static final ModelOptions OPTIONS =
      ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32);

  @Test
  void theFirstGroupThatMatchesAWeightCounts() {
    try (DualEncoder model = DualEncoder.random(Tiny.clip(), OPTIONS)) {
      Map<String, WeightRule> rules =
          WeightGroups.of(
              model,
              List.of(
                  group(null, 0.1, null, "head"),
                  group(2e-4, null, 0.0, "image_tower"),
                  group(null, null, 0.3, "*.layers.0.mlp.fc1.weight", "*.token_embedding.*")),
              1e-3);
      assertThat(rules.get("visual_projection.weight")).isEqualTo(new WeightRule(0.1, null));
      assertThat(rules.get("text_projection.weight")).isEqualTo(new WeightRule(0.1, null));
      WeightRule tower = new WeightRule(2e-4 / 1e-3, 0.0);
      assertThat(rules.get("vision_model.encoder.layers.0.mlp.fc1.weight")).isEqualTo(tower);
      assertThat(rules.get("text_model.encoder.layers.0.mlp.fc1.weight"))
          .isEqualTo(new WeightRule(1, 0.3));
      assertThat(rules).containsKey("text_model.embeddings.token_embedding.weight");
      assertThat(rules).doesNotContainKeys("logit_scale", "text_model.final_layer_norm.weight");
    }
  }

  @Test
  void adaptersAreAPartOfTheirOwn() {
    try (DualEncoder model = DualEncoder.random(Tiny.clip(), OPTIONS)) {
      Adapting.apply(
          model,
          new Adaptation(
              List.of(),
              false,
              false,
              new Lora(2, 4, 0, List.of("*.q_proj", "*.v_proj"), List.of("logit_scale"))));
      Map<String, WeightRule> rules =
          WeightGroups.of(model, List.of(group(null, 2.0, null, "lora")), 1e-3);
      assertThat(rules).hasSize(model.trained().size() - 1).doesNotContainKey("logit_scale");
      assertThatThrownBy(
              () -> WeightGroups.of(model, List.of(group(null, 2.0, null, "head")), 1e-3))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("train.groups[0].match names head, of which nothing learns");
    }
  }

  @Test
  void aGroupThatChangesNothingIsRefused() {
    try (DualEncoder model = DualEncoder.random(Tiny.clip(), OPTIONS)) {
      assertRefused(
          model,
          "train.groups[0].match has patterns that match none of the model's weights that learn:\n"
              + "  image_towers; nearest: image_tower",
          group(null, 0.1, null, "image_towers"));
      assertRefused(
          model,
          "train.groups[1].match is left with nothing",
          group(null, 0.1, null, "*"),
          group(null, 0.2, null, "head"));
      assertRefused(
          model, "train.groups[0].weight_decay has no effect", group(null, null, 0.1, "*.bias"));
    }
    assertThatThrownBy(() -> group(1e-3, 0.1, null, "*")).hasMessageContaining("both given");
    assertThatThrownBy(() -> group(null, null, null, "*"))
        .hasMessageContaining("give lr, lr_scale");
  }

  @Test
  void ratesAndDecayOfAStepAreTheGroups() {
    Map<String, float[]> before = new LinkedHashMap<>();
    Map<String, float[]> usual = afterAStep(Map.of(), before);
    String halved = "text_projection.weight";
    String kept = "visual_projection.weight";
    Map<String, float[]> grouped =
        afterAStep(
            Map.of(halved, new WeightRule(0.5, null), kept, new WeightRule(1, 0.0)),
            new LinkedHashMap<>());
    usual.forEach(
        (name, values) -> {
          float[] other = Objects.requireNonNull(grouped.get(name));
          float[] first = Objects.requireNonNull(before.get(name));
          for (int i = 0; i < values.length; i++) {
            float start = first[i];
            double change = values[i] - start;
            // Decay is lr 1e-2 x 0.1 of the weight.
            double expected =
                name.equals(halved)
                    ? change / 2
                    : name.equals(kept) ? change + 1e-3 * start : change;
            assertThat((double) other[i] - start).as(name).isCloseTo(expected, within(1e-6));
          }
        });
  }

  private static Map<String, float[]> afterAStep(
      Map<String, WeightRule> rules, Map<String, float[]> before) {
    try (DualEncoder model = DualEncoder.random(Tiny.clip(), OPTIONS)) {
      before.putAll(Tiny.values(model.weights()));
      Tiny.train(model, new FusedAdamW(model, 0.9, 0.98, 1e-6, 1, rules), 1);
      return Tiny.values(model.weights());
    }
  }

  private static void assertRefused(DualEncoder model, String message, WeightGroup... groups) {
    assertThatThrownBy(() -> WeightGroups.of(model, List.of(groups), 1e-3))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining(message);
  }

  private static WeightGroup group(
      @Nullable Double lr, @Nullable Double scale, @Nullable Double decay, String... match) {
    return new WeightGroup(List.of(match), lr, scale, decay);
  }
}
