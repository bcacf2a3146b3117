package dev.facet.model.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.facet.model.ops.LinearCase.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Linear maps at the widths of published models and at odd ones, against float64: kernels have been
 * wrong in the last columns of some widths, at some numbers of rows, with more than one thread.
 */
class LinearGridTest {
  /** A way in which models compute linear maps. A kernel that is added stands here. */
  private enum Way {
    TRAINING(true) {
      @Override
      NDArray of(NDArray x, NDArray weight, NDArray bias, Precision precision) {
        return PartOps.get().linear(x, weight, bias, precision);
      }
    },
    INFERENCE(false) {
      @Override
      NDArray of(NDArray x, NDArray weight, NDArray bias, Precision precision) {
        return Ops.inference(() -> PartOps.get().linear(x, weight, bias, precision));
      }
    };

    final boolean learns;

    Way(boolean learns) {
      this.learns = learns;
    }

    abstract NDArray of(NDArray x, NDArray weight, NDArray bias, Precision precision);
  }

  /**
   * Width and inner width of every transformer that docs/models.md names (presets, CLIP from
   * ViT-B/32 to bigG, SigLIP from base to giant, BERT), then of some that nobody has.
   */
  private static final int[][] TOWERS = {
    {128, 512},
    {256, 1024},
    {384, 1536},
    {512, 2048},
    {640, 2560},
    {768, 3072},
    {896, 3584},
    {1024, 4096},
    {1152, 4304},
    {1280, 5120},
    {1408, 6144},
    {1536, 6144},
    {1664, 8192},
    {12, 24},
    {33, 65},
    {40, 160},
    {44, 176},
    {72, 288},
    {80, 320},
    {88, 352},
    {100, 300},
    {176, 704},
    {250, 1000},
    {129, 517}
  };

  /** Patches to tokens, and features to the joint space. */
  private static final int[][] ENDS = {
    {192, 128}, {192, 256}, {432, 256}, {3072, 768}, {768, 768}, {588, 1024}, {588, 1152},
    {588, 1280}, {588, 1408}, {588, 1664}, {512, 512}, {768, 512}, {1024, 768}, {1280, 1024},
    {1664, 1280}, {768, 256}, {40, 28}, {88, 40}, {768, 2}
  };

  /** Rows that go through a map at once: single ones, a picture's tokens, a batch's. */
  private static final int[] FEW = {1, 2, 7, 16, 31};

  private static final int[] SOME = {50, 64, 65, 77, 197, 257};
  private static final int[] MANY = {616, 1000, 1576, 2464, 4160};

  /** Rows x in x out that one case may cost; bfloat16 is slow where the processor has none. */
  private static final long MOST = 250_000_000L;

  private static final long MOST_IN_BFLOAT16 = 20_000_000L;

  /** Shapes that have been reported to end a JVM. */
  private static final List<Size> REPORTED =
      List.of(
          new Size(197, 256, 1024),
          new Size(1576, 256, 1024),
          new Size(16_640, 256, 1024),
          new Size(616, 512, 2048));

  @ParameterizedTest
  @CsvSource({"1, FLOAT32", "2, FLOAT32", "2, BFLOAT16"})
  void everyShapeIsRightForwardAndBackward(int threads, Precision precision) {
    List<String> wrong = new ArrayList<>();
    try (Threads _ = Threads.of(threads)) {
      for (Size size : sizes(precision)) {
        LinearCase numbers = new LinearCase(size);
        for (Way way : Way.values()) {
          check(wrong, size, numbers, way, precision);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void noLinearMapIsWrittenAsAConvolution() {
    assertThat(Source.get().text()).doesNotContain("conv");
  }

  private static Set<Size> sizes(Precision precision) {
    Random random = new Random(11);
    Set<Size> sizes = new LinkedHashSet<>();
    for (int[] tower : TOWERS) {
      int width = tower[0];
      int inner = tower[1];
      add(sizes, random, width, 3 * width, precision);
      add(sizes, random, width, width, precision);
      add(sizes, random, width, inner, precision);
      add(sizes, random, inner, width, precision);
    }
    for (int[] ends : ENDS) {
      add(sizes, random, ends[0], ends[1], precision);
    }
    if (precision == Precision.FLOAT32) {
      sizes.addAll(REPORTED);
    }
    return sizes;
  }

  private static void add(Set<Size> sizes, Random random, int in, int out, Precision precision) {
    boolean exact = precision == Precision.FLOAT32;
    long most = exact ? MOST : MOST_IN_BFLOAT16;
    for (int[] rows : exact ? List.of(FEW, SOME, MANY) : List.of(SOME)) {
      long affordable = Math.max(1, most / ((long) in * out));
      int drawn = rows[random.nextInt(rows.length)];
      sizes.add(new Size((int) Math.min(drawn, affordable), in, out));
    }
  }

  private static void check(
      List<String> wrong, Size size, LinearCase numbers, Way way, Precision precision) {
    try (NDManager scope = NDManager.newBaseManager("PyTorch");
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray x = scope.create(numbers.x(), new Shape(1, size.rows(), size.in()));
      NDArray weight = scope.create(numbers.weight(), new Shape(size.out(), size.in()));
      NDArray bias = scope.create(numbers.bias(), new Shape(size.out()));
      if (way.learns) {
        List.of(x, weight, bias).forEach(each -> each.setRequiresGradient(true));
      }
      NDArray y = way.of(x, weight, bias, precision);
      Map<String, Double> errors = new LinkedHashMap<>();
      errors.put("output", numbers.ofOutput(y.toFloatArray()));
      if (way.learns) {
        collector.backward(y.mul(scope.create(numbers.above(), y.getShape())).sum());
        errors.put("input's gradient", numbers.ofX(x.getGradient().toFloatArray()));
        errors.put("weight's gradient", numbers.ofWeight(weight.getGradient().toFloatArray()));
        errors.put("bias's gradient", numbers.ofBias(bias.getGradient().toFloatArray()));
      }
      double most = precision == Precision.FLOAT32 ? 2e-5 : 4e-2;
      errors.forEach(
          (what, error) -> {
            if (!(error <= most)) {
              wrong.add(
                  String.format(
                      Locale.ROOT, "%s, %s, %s: off by %.1e of its size", size, way, what, error));
            }
          });
    }
  }
}
