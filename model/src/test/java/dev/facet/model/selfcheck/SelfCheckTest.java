package dev.facet.model.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.facet.base.FacetException;
import dev.facet.model.Architecture;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.adapt.Adaptation;
import dev.facet.model.adapt.Adapting;
import dev.facet.model.adapt.Lora;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.clip.ModelPreset;
import dev.facet.model.config.TowerSize;
import dev.facet.model.flip.FlipConfig;
import dev.facet.model.ops.Activation;
import dev.facet.model.ops.Precision;
import dev.facet.model.siglip.SiglipConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SelfCheckTest {
  /** Long runs, so that the hundredth of them is no limit. */
  private static final List<Use> USES =
      List.of(new Use(6, 1_000_000_000, true), new Use(5, 1_000_000_000, false));

  /** Nothing here depends on how fast the machine is. */
  private static final double SECONDS = 1e9;

  private static final ClipConfig CLIP =
      new ClipConfig(
          8, 16, 4, tower(72, Activation.QUICK_GELU), 40, 6, 38, 39, 39, TowerSize.of(8, 2, 2));

  static List<Architecture> architectures() {
    return List.of(
        CLIP,
        new SiglipConfig(
            72,
            16,
            4,
            tower(72, Activation.GELU_TANH),
            40,
            6,
            1,
            1,
            tower(72, Activation.GELU_TANH)),
        new FlipConfig(
            8,
            16,
            4,
            tower(24, Activation.QUICK_GELU),
            40,
            6,
            8,
            0,
            tower(72, Activation.GELU),
            7));
  }

  private static TowerSize tower(int width, Activation activation) {
    return new TowerSize(width, 2, 2, 3 * width, activation, 1e-5);
  }

  private static String check(DualEncoder model, Kernels kernels) {
    return SelfCheck.run(model, USES, kernels, SECONDS);
  }

  private static DualEncoder model(Architecture config, Precision precision) {
    return DualEncoder.random(
        config, new ModelOptions(DeviceChoice.CPU, precision, null, false, 0, 1));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void everyArchitecturePassesAloneAndAdaptedInEitherPrecision(Architecture config) {
    for (Precision precision : Precision.values()) {
      try (DualEncoder model = model(config, precision)) {
        assertThat(check(model, Kernels.OWN)).startsWith("arithmetic: ");
        Adapting.apply(
            model,
            new Adaptation(List.of(), false, false, new Lora(2, 4, 0, List.of("*"), List.of())));
        assertThat(check(model, Kernels.OWN)).startsWith("arithmetic: ");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ModelPreset.class)
  void oneLayerOfEveryPresetPasses(ModelPreset preset) {
    int patch = preset == ModelPreset.VIT_L_14 ? 14 : preset.imageSize() / 7;
    ClipConfig all = preset.config(preset.imageSize(), patch, preset.contextLength(), 50, 48, 49);
    ClipConfig one =
        new ClipConfig(
            all.embedDim(),
            all.imageSize(),
            all.patchSize(),
            oneLayer(all.vision()),
            all.vocabSize(),
            all.contextLength(),
            48,
            49,
            49,
            oneLayer(all.text()));
    try (DualEncoder model = model(one, Precision.FLOAT32)) {
      assertThat(SelfCheck.run(model, List.of(new Use(2, 2, true)), Kernels.OWN, 0))
          .contains("linear maps");
    }
  }

  private static TowerSize oneLayer(TowerSize tower) {
    return new TowerSize(
        tower.width(), 1, tower.heads(), tower.mlpWidth(), tower.activation(), tower.normEps());
  }

  @Test
  void theLogSaysWhichNumbersOfRowsWereChecked() {
    try (DualEncoder model = model(CLIP, Precision.FLOAT32)) {
      assertThat(check(model, Kernels.OWN))
          .contains("linear maps")
          // Patches of six pictures; their tokens; those of six captions; of five in evaluation.
          .contains(" at 96 rows", " at 102 rows", " at 36 rows", " at 85 rows", " at 30 rows")
          .contains("float32")
          .doesNotContain("none of");
    }
  }

  @Test
  void aWrongLastBlockOfColumnsIsToldWithOperationShapeDifferenceAndCure() {
    Kernels broken =
        new OwnKernels() {
          @Override
          public NDArray linear(
              NDArray x, NDArray weight, @Nullable NDArray bias, Precision precision) {
            NDArray y = super.linear(x, weight, bias, precision);
            // 216 columns are thirteen whole blocks and half of one; 17 tokens are a first look.
            return weight.getShape().equals(new Shape(216, 72)) && x.getShape().get(0) > 1
                ? y.mul(allButTheLast(y.getManager(), 216, 8))
                : y;
          }
        };
    try (DualEncoder model = model(CLIP, Precision.FLOAT32)) {
      assertThatThrownBy(() -> check(model, broken))
          .isInstanceOfSatisfying(
              FacetException.class, failure -> assertThat(failure.exitCode()).isEqualTo(1))
          .hasMessageContaining("linear map 72 -> 216, at 102 rows, in float32")
          .hasMessageContaining(model.device())
          .hasMessageContaining("its result is off by")
          .hasMessageContaining("OMP_NUM_THREADS=1");
    }
  }

  private static NDArray allButTheLast(NDManager scope, int columns, int wrong) {
    float[] mask = new float[columns];
    java.util.Arrays.fill(mask, 0, columns - wrong, 1);
    return scope.create(mask);
  }

  @Test
  void aWrongGradientIsToldThoughTheResultIsRight() {
    Kernels broken =
        new OwnKernels() {
          @Override
          public NDArray linear(
              NDArray x, NDArray weight, @Nullable NDArray bias, Precision precision) {
            NDArray more = weight.sub(weight.stopGradient()).sum();
            return super.linear(x, weight, bias, precision).add(more);
          }
        };
    assertWrong(broken, "its gradient for the weight is off by");
  }

  @Test
  void anOperationThatIsWrongOnlyWithoutGradientsIsTold() {
    Kernels broken =
        new OwnKernels() {
          @Override
          public NDArray linear(
              NDArray x, NDArray weight, @Nullable NDArray bias, Precision precision) {
            NDArray y = super.linear(x, weight, bias, precision);
            return weight.hasGradient() ? y : y.mul(1.01);
          }
        };
    assertWrong(broken, "linear map");
  }

  @Test
  void captionsThatLookAheadAreTold() {
    Kernels broken =
        new OwnKernels() {
          @Override
          public NDArray attention(NDArray qkv, int heads, boolean causal, Precision precision) {
            return super.attention(qkv, heads, false, precision);
          }
        };
    assertWrong(broken, "causal attention of 2 heads of 4");
  }

  @Test
  void aNormAnActivationAndScoresThatAreOffAreTold() {
    assertWrong(
        new OwnKernels() {
          @Override
          public NDArray norm(NDArray x, NDArray weight, NDArray bias, double eps) {
            return super.norm(x, weight, bias, eps + 1e-3);
          }
        },
        "layer norm over");
    assertWrong(
        new OwnKernels() {
          @Override
          public NDArray activation(NDArray x, Activation activation, Precision precision) {
            return super.activation(x, Activation.GELU, precision);
          }
        },
        "quick_gelu of");
    assertWrong(
        new OwnKernels() {
          @Override
          public NDArray scores(NDArray images, NDArray texts) {
            return super.scores(images, texts).mul(1.001);
          }
        },
        "product of features 8 -> ");
  }

  @Test
  void resultsThatAreNoNumbersAreTold() {
    assertWrong(
        new OwnKernels() {
          @Override
          public NDArray norm(NDArray x, NDArray weight, NDArray bias, double eps) {
            return super.norm(x, weight, bias, eps).mul(Float.NaN);
          }
        },
        "layer norm over");
  }

  private static void assertWrong(Kernels broken, String words) {
    try (DualEncoder model = model(CLIP, Precision.FLOAT32)) {
      assertThatThrownBy(() -> check(model, broken))
          .isInstanceOf(FacetException.class)
          .hasMessageStartingWith("this machine computes wrongly: ")
          .hasMessageContaining(words);
    }
  }
}
