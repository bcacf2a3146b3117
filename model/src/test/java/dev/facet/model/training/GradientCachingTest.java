package dev.facet.model.training;

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
import dev.facet.model.Tiny;
import dev.facet.model.adapt.Adaptation;
import dev.facet.model.adapt.Adapting;
import dev.facet.model.adapt.Lora;
import dev.facet.model.collective.Collective;
import dev.facet.model.collective.LocalReplicas;
import dev.facet.model.collective.SharedGradients;
import dev.facet.model.ops.Duplicates;
import dev.facet.model.ops.Ops;
import dev.facet.model.ops.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A batch seen in parts, and shared by replicas, against the same one seen whole. */
class GradientCachingTest {
  private static final double FLOAT32 = 1e-5;

  /** Of bfloat16 eight bits are right. */
  private static final double BFLOAT16 = 0.02;

  private static final Adaptation ALL = new Adaptation(List.of(), false, false, null);
  private static final Lora DROPPING = new Lora(2, 4, 0.3, List.of("*"), List.of());

  static Stream<Architecture> architectures() {
    return Stream.of(Tiny.clip(), Tiny.siglip(), Tiny.flip());
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void gradientsAreThoseOfTheWholeBatch(Architecture sizes) {
    compare(new Run(sizes), FLOAT32);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void patchesAreDroppedAsInTheWholeBatch(Architecture sizes) {
    compare(new Run(sizes).droppingPatches(), FLOAT32);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void lorasDropoutIsThatOfTheWholeBatch(Architecture sizes) {
    compare(new Run(sizes).adapted(Tiny.lora(DROPPING)).droppingPatches(), FLOAT32);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void layersMayBeComputedAgainToo(Architecture sizes) {
    compare(new Run(sizes).recomputing().droppingPatches(), FLOAT32);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void duplicatesAreFoundAcrossParts(Architecture sizes) {
    long[] pairs = {7, 1, 8, 2, 9, 3, 7, 4, 10, 2, 11, 6};
    for (Duplicates each : Duplicates.values()) {
      compare(new Run(sizes).pairs(pairs).losses(new LossSettings(each, 0, 0.5)), FLOAT32);
    }
    assertThat(new Run(sizes).pairs(pairs).gradients(6)).isNotEqualTo(new Run(sizes).gradients(6));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void bfloat16StaysWithinItsOwnPrecision(Architecture sizes) {
    compare(new Run(sizes).in(Precision.BFLOAT16).droppingPatches(), BFLOAT16);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void aLockedTowerMayBeOneOfTheTwo(Architecture sizes) {
    compare(new Run(sizes).adapted(new Adaptation(List.of(), true, false, null)), FLOAT32);
    compare(new Run(sizes).adapted(new Adaptation(List.of(), false, true, null)), FLOAT32);
  }

  @Test
  void aTeacherSeesThePartsToo() {
    try (DualEncoder model = DualEncoder.random(Tiny.clip(), Tiny.options(77))) {
      LossSettings half = new LossSettings(Duplicates.MASK, 0, 0.5);
      Run taught = new Run(Tiny.clip()).losses(half).taught(new Teacher(model, 5));
      compare(taught, FLOAT32);
      assertThat(taught.gradients(6)).isNotEqualTo(new Run(Tiny.clip()).gradients(6));
      model.trained().values().forEach(each -> assertThat(sum(each.getGradient())).isZero());
    }
  }

  @Test
  void flipsOwnObjectiveIsRefusedByName() {
    try (DualEncoder model = DualEncoder.random(Tiny.flip(), Tiny.options(3));
        NDManager scope = model.manager().newSubManager()) {
      Objective flip = model.objective(ObjectiveKind.FLIP, LossSettings.PLAIN, null);
      MicroBatches parts = new Run(Tiny.flip()).parts(model, scope, 3);
      assertThatThrownBy(() -> new TrainingStep(flip).gradients(parts, 1))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("train.micro_batch")
          .hasMessageContaining("contrastive");
    }
  }

  /**
   * In parts of every size, the last one smaller or not, and shared by replicas, which see their
   * share as a whole or in parts, and may have none.
   */
  private static void compare(Run run, double tolerance) {
    Map<String, float[]> whole = run.gradients(Tiny.BATCH);
    assertThat(whole).isNotEmpty();
    for (int size : new int[] {4, 3, 1}) {
      compare(whole, run.gradients(size), tolerance, "in parts of " + size);
    }
    compare(whole, run.gradients(3, 3, 3), tolerance, "on two replicas");
    compare(whole, run.gradients(1, 2, 2, 2), tolerance, "on three replicas in parts of 1");
    compare(whole, run.gradients(3, 2, 0, 4), tolerance, "on three uneven replicas");
  }

  private static void compare(
      Map<String, float[]> whole, Map<String, float[]> other, double tolerance, String how) {
    assertThat(other.keySet()).isEqualTo(whole.keySet());
    double largest = whole.values().stream().mapToDouble(GradientCachingTest::norm).max().orElse(0);
    whole.forEach(
        (name, expected) -> {
          float[] difference = Objects.requireNonNull(other.get(name), name).clone();
          for (int i = 0; i < difference.length; i++) {
            difference[i] -= expected[i];
          }
          assertThat(norm(difference))
              .as(name + " " + how)
              .isLessThanOrEqualTo(tolerance * Math.max(norm(expected), 0.01 * largest));
        });
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float each : values) {
      sum += (double) each * each;
    }
    return Math.sqrt(sum);
  }

  private static double sum(NDArray values) {
    return values.isEmpty() ? 0 : values.abs().sum().getFloat();
  }

  /** A step of a tiny model that is made anew each time. */
  private static final class Run {
    private final Architecture sizes;
    private Adaptation adaptation = ALL;
    private Precision precision = Precision.FLOAT32;
    private LossSettings losses = LossSettings.PLAIN;
    private @Nullable Teacher teacher;
    private long[] pairs = {1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6};
    private double patchDropout;
    private boolean recompute;

    Run(Architecture sizes) {
      this.sizes = sizes;
    }

    Run adapted(Adaptation wanted) {
      adaptation = wanted;
      return this;
    }

    Run droppingPatches() {
      patchDropout = 0.5;
      return this;
    }

    Run recomputing() {
      recompute = true;
      return this;
    }

    Run in(Precision wanted) {
      precision = wanted;
      return this;
    }

    Run losses(LossSettings wanted) {
      losses = wanted;
      return this;
    }

    Run taught(Teacher by) {
      teacher = by;
      return this;
    }

    Run pairs(long... numbers) {
      pairs = numbers;
      return this;
    }

    /**
     * Gradients of the whole batch.
     *
     * @param size of a part
     * @param shares of replicas, pairs of each; none is one replica
     */
    Map<String, float[]> gradients(int size, int... shares) {
      if (shares.length == 0) {
        return gradients(size, Collective.ALONE, 0, Tiny.BATCH);
      }
      LocalReplicas replicas = new LocalReplicas(shares.length);
      List<CompletableFuture<Map<String, float[]>>> running = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(shares.length)) {
        int first = 0;
        for (int rank = 0; rank < shares.length; rank++) {
          Collective own = replicas.of(rank);
          int from = first;
          int to = first + shares[rank];
          running.add(
              CompletableFuture.supplyAsync(
                  () -> {
                    try {
                      return gradients(size, own, from, to);
                    } catch (Throwable e) {
                      replicas.fail(e);
                      throw e;
                    }
                  },
                  threads));
          first = to;
        }
      }
      assertThat(replicas.failure()).isNull();
      Map<String, float[]> ofFirst = running.getFirst().join();
      running.forEach(
          each ->
              each.join()
                  .forEach((name, bits) -> assertThat(bits).as(name).isEqualTo(ofFirst.get(name))));
      return ofFirst;
    }

    private Map<String, float[]> gradients(int size, Collective replicas, int from, int to) {
      ModelOptions options =
          new ModelOptions(DeviceChoice.CPU, precision, null, recompute, patchDropout, 3);
      try (DualEncoder model = DualEncoder.random(sizes, options);
          NDManager scope = model.manager().newSubManager()) {
        Adapting.apply(model, adaptation);
        // LoRA's second maps are zero at first, and nothing would come through to the first.
        model.trained().forEach((name, weight) -> noise(name, weight));
        SharedGradients shared = new SharedGradients(replicas, model.trained().values());
        new TrainingStep(model.contrastive(losses, teacher))
            .gradients(parts(model, scope, size, replicas, from, to), 17);
        shared.sum();
        Map<String, float[]> result = new LinkedHashMap<>();
        model
            .trained()
            .forEach((name, weight) -> result.put(name, weight.getGradient().toFloatArray()));
        return result;
      }
    }

    private static void noise(String name, NDArray weight) {
      if (name.endsWith(".lora_B.weight")) {
        float[] values = new float[(int) weight.size()];
        Random random = new Random(name.hashCode());
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextGaussian() / 4;
        }
        Ops.get().assign(weight, weight.getManager().create(values, weight.getShape()));
      }
    }

    MicroBatches parts(DualEncoder model, NDManager scope, int size) {
      return parts(model, scope, size, Collective.ALONE, 0, Tiny.BATCH);
    }

    /** Captions of each part are cut where its longest ends, as a trainer cuts them. */
    private MicroBatches parts(
        DualEncoder model, NDManager scope, int size, Collective replicas, int first, int end) {
      int length = model.config().contextLength();
      long[] ids = Tiny.ids(scope, model.config()).toLongArray();
      for (int row = 0; row < Tiny.BATCH; row++) {
        for (int i = Math.min(length, 3 + row % 4); i < length; i++) {
          ids[row * length + i] = model.config().padToken();
        }
      }
      NDArray pixels = Tiny.pixels(scope);
      NDArray numbers = scope.create(pairs, new Shape(Tiny.BATCH, 2));
      return new MicroBatches() {
        @Override
        public int parts() {
          return Math.ceilDiv(end - first, size);
        }

        @Override
        public Collective replicas() {
          return replicas;
        }

        @Override
        public long first() {
          return first;
        }

        @Override
        public TrainingBatch part(NDManager inner, int part) {
          int from = first + part * size;
          int to = Math.min(end, from + size);
          ByteBuffer tokens =
              ByteBuffer.allocate((to - from) * length * Long.BYTES).order(ByteOrder.nativeOrder());
          tokens.asLongBuffer().put(ids, from * length, (to - from) * length);
          return new TrainingBatch(
              inside(inner, pixels.get(from + ":" + to)),
              model.ids(inner, tokens, to - from),
              inside(inner, numbers.get(from + ":" + to)),
              0);
        }
      };
    }

    private static NDArray inside(NDManager inner, NDArray array) {
      array.attach(inner);
      return array;
    }
  }
}
