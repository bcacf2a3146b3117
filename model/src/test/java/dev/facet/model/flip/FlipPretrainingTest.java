package dev.facet.model.flip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.facet.base.FacetException;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.Tiny;
import dev.facet.model.adapt.Adaptation;
import dev.facet.model.adapt.Adapting;
import dev.facet.model.config.TowerSize;
import dev.facet.model.ops.Activation;
import dev.facet.model.ops.Ops;
import dev.facet.model.ops.Precision;
import dev.facet.model.training.LossSettings;
import dev.facet.model.training.ObjectiveKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FlipPretrainingTest {
  private static final FlipConfig CONFIG =
      new FlipConfig(
          8,
          16,
          8,
          new TowerSize(12, 1, 2, 24, Activation.QUICK_GELU, 1e-5),
          32,
          10,
          16,
          0,
          new TowerSize(8, 1, 2, 16, Activation.GELU, 1e-12),
          6);

  private static final String CROSS =
      "text_encoder.encoder.layer.0.crossattention.self.query.weight";

  @Test
  void theQueueIsOverwrittenRoundItsEnd() {
    try (DualEncoder model = random(false);
        NDManager scope = model.manager().newSubManager()) {
      FlipPretraining pretraining = FlipPretraining.of(model);
      losses(pretraining, scope, 1, 2, 3, 4);
      assertThat(numbers(model, "idx_queue")).containsExactly(1, 2, 3, 4, -100, -100);
      losses(pretraining, scope, 5, 6, 7, 8);
      assertThat(numbers(model, "idx_queue")).containsExactly(7, 8, 3, 4, 5, 6);
      assertThat(numbers(model, "ptr_queue")).containsExactly(2);
    }
  }

  @Test
  void aBatchPastTheQueueIsRefused() {
    try (DualEncoder model = random(false);
        NDManager scope = model.manager().newSubManager()) {
      FlipPretraining pretraining = FlipPretraining.of(model);
      assertThatThrownBy(() -> losses(pretraining, scope, 1, 2, 3, 4, 5, 6, 7))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("a batch of 7 does not fit the model's queue of 6");
    }
  }

  @Test
  void pairsOfTheSameIdAreNeverNegatives() {
    try (DualEncoder model = random(false);
        NDManager scope = model.manager().newSubManager()) {
      FlipPretraining pretraining = FlipPretraining.of(model);
      List<float[]> seen = new ArrayList<>();
      pretraining.losses(
          FlipTest.pixels(scope, 4, 16),
          FlipTest.ids(scope, 4),
          scope.create(new long[] {5, 5, 9, 5}),
          0.4,
          chances -> {
            seen.add(chances);
            return 2;
          });
      assertThat(seen).hasSize(8);
      for (int row : new int[] {0, 1, 3}) {
        assertThat(seen.get(row)).containsExactly(0, 0, 1, 0);
      }
      assertThat(seen.get(2)[2]).isZero();
      // Nothing else is in this batch: the right pairs alone are left to match.
      assertThat(losses(pretraining, scope, 7, 7, 7, 7).matching().getFloat()).isPositive();
    }
  }

  @Test
  void ofTwoNumbersAPairTheQueueKeepsAHalfOfEach() {
    try (DualEncoder model = random(false);
        NDManager scope = model.manager().newSubManager()) {
      NDArray pairs =
          scope.create(
              new long[] {
                0x1111_1111_2222_2222L, 0x3333_3333_4444_4444L,
                0xeeee_eeee_dddd_ddddL, 0xcccc_cccc_bbbb_bbbbL
              },
              new Shape(2, 2));
      losses(FlipPretraining.of(model), scope, pairs);
      assertThat(numbers(model, "idx_queue"))
          .startsWith(0x1111_1111_4444_4444L, 0xeeee_eeee_bbbb_bbbbL)
          .endsWith(-100, -100, -100, -100);
    }
  }

  @Test
  void pairsOfTheSamePictureAreNeverNegativesInMatching() {
    try (DualEncoder model = random(false);
        NDManager scope = model.manager().newSubManager()) {
      List<float[]> seen = new ArrayList<>();
      FlipPretraining.of(model)
          .losses(
              FlipTest.pixels(scope, 3, 16),
              FlipTest.ids(scope, 3),
              // The first two rows share a picture, the last two a caption.
              scope.create(new long[] {5, 1, 5, 2, 6, 2}, new Shape(3, 2)),
              0.4,
              chances -> {
                seen.add(chances);
                return 0;
              });
      assertThat(seen.get(0)).containsExactly(0, 0, 1);
      assertThat(seen.get(1)).containsExactly(1, 0, 0);
    }
  }

  @Test
  void theSameStepDrawsTheSameNegatives() {
    List<Float> drawn = new ArrayList<>();
    for (long step : new long[] {3, 3, 4, 5, 6, 7, 8}) {
      try (DualEncoder model = random(false);
          NDManager scope = model.manager().newSubManager()) {
        model.startStep(step, 0);
        FlipPretraining pretraining = FlipPretraining.of(model);
        drawn.add(losses(pretraining, scope, 1, 2, 3, 4).matching().getFloat());
      }
    }
    assertThat(drawn.get(1)).isEqualTo(drawn.get(0));
    assertThat(drawn.stream().distinct()).hasSizeGreaterThan(1);
  }

  @Test
  void whatIsFrozenOrLockedStaysSo() {
    Map<Adaptation, List<String>> still = new LinkedHashMap<>();
    still.put(Tiny.freeze("itm_head*"), List.of("itm_head."));
    still.put(Tiny.freeze("*.crossattention.*"), List.of("crossattention."));
    still.put(new Adaptation(List.of(), false, true, null), List.of("text_"));
    still.forEach(
        (wanted, frozen) -> {
          try (DualEncoder model = random(false);
              NDManager scope = model.manager().newSubManager()) {
            model.objective(ObjectiveKind.FLIP, LossSettings.PLAIN, null).prepare();
            Map<String, NDArray> all = model.trained();
            assertThat(all).containsKeys("itm_head.weight", CROSS);
            Adapting.apply(model, wanted);
            FlipPretraining training = FlipPretraining.of(model);
            assertThat(model.trained().keySet())
                .isSubsetOf(all.keySet())
                .hasSizeGreaterThan(1)
                .noneMatch(name -> frozen.stream().anyMatch(name::contains));
            Ops.recording(() -> losses(training, scope, 1, 2, 3, 4).backward());
          }
        });
  }

  @Test
  void aFrozenTemperatureIsNotLimitedEither() {
    try (DualEncoder model = random(false);
        NDManager scope = model.manager().newSubManager()) {
      Adapting.apply(model, Tiny.freeze("temp"));
      double before = model.logitScale();
      model.clampLogitScale(scope, before / 2);
      assertThat(model.logitScale()).isEqualTo(before);
    }
  }

  @Test
  void aLockedImageTowerSeesWholePicturesInTrainingToo() {
    ModelOptions halved =
        new ModelOptions(DeviceChoice.CPU, Precision.FLOAT32, null, false, 0.5, 3);
    try (Flip model = (Flip) DualEncoder.random(CONFIG, halved);
        NDManager scope = model.manager().newSubManager()) {
      NDArray pixels = FlipTest.pixels(scope, 2, 16);
      assertThat(model.imageHidden(pixels, true).getShape().get(1)).isEqualTo(3);
      Adapting.apply(model, new Adaptation(List.of(), true, false, null));
      assertThat(model.imageHidden(pixels, true).getShape().get(1)).isEqualTo(5);
    }
  }

  @Test
  void anObjectiveThatComesAfterTheFreezingIsAFaultOfTheProgram() {
    try (DualEncoder model = random(false)) {
      Adapting.apply(model, Tiny.freeze("itm_head*"));
      assertThatThrownBy(() -> FlipPretraining.of(model))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("before the model is adapted");
    }
  }

  @Test
  void gradientCheckpointingIsRefused() {
    try (DualEncoder model = random(true)) {
      assertThatThrownBy(() -> FlipPretraining.of(model))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("gradient checkpointing");
    }
  }

  private static FlipPretraining.Losses losses(
      FlipPretraining pretraining, NDManager scope, long... pairs) {
    return losses(pretraining, scope, scope.create(pairs));
  }

  private static FlipPretraining.Losses losses(
      FlipPretraining pretraining, NDManager scope, NDArray pairs) {
    int n = (int) pairs.getShape().get(0);
    return pretraining.losses(FlipTest.pixels(scope, n, 16), FlipTest.ids(scope, n), pairs, 0.4);
  }

  private static long[] numbers(DualEncoder model, String name) {
    return Objects.requireNonNull(model.weights().get(name), name).toLongArray();
  }

  private static DualEncoder random(boolean recompute) {
    return DualEncoder.random(
        CONFIG, new ModelOptions(DeviceChoice.CPU, Precision.FLOAT32, null, recompute, 0, 3));
  }
}
