package dev.facet.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.facet.model.Architecture;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.clip.ModelPreset;
import dev.facet.model.ops.Precision;
import dev.facet.model.training.TrainingBatch;
import dev.facet.model.training.TrainingStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * CLIP ViT-B/16 on random input on the CPU, batch 8: the image tower's forward pass beside the rate
 * of a plain matrix product, and a forward and backward pass of both towers with and without
 * gradient checkpointing, each in a process of its own, as peak memory belongs to a process.
 */
public final class VitStep {
  private static final int BATCH = 8;
  private static final int ROUNDS = 5;
  private static final ModelPreset PRESET = ModelPreset.VIT_B_16;
  private static final Architecture SIZES =
      PRESET.config(PRESET.imageSize(), PRESET.patchSize(), 77, 49_408, 49_406, 49_407);

  private VitStep() {}

  /** Without arguments, measures all; with one, {@code true} or {@code false}, one kind of step. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length == 1) {
      step(Boolean.parseBoolean(args[0]));
      return;
    }
    rates();
    for (String recompute : List.of("false", "true")) {
      Process child =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-Dai.djl.offline=true",
                  "-Xmx512m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  VitStep.class.getName(),
                  recompute)
              .inheritIO()
              .start();
      if (child.waitFor() != 0) {
        throw new IllegalStateException("the measuring process failed");
      }
    }
  }

  private static void rates() {
    try (DualEncoder model = DualEncoder.random(SIZES, options(false));
        NDManager scope = model.manager().newSubManager()) {
      NDArray pixels = pixels(scope);
      double[] product = new double[ROUNDS];
      double[] tower = new double[ROUNDS];
      for (int round = -1; round < ROUNDS; round++) {
        double best = Math.max(product(scope, 1576, 768, 3072), product(scope, 2048, 2048, 2048));
        long begin = System.nanoTime();
        model.encodeImages(pixels, false).toFloatArray();
        double rate = BATCH * forwardFlops() / (System.nanoTime() - begin);
        if (round >= 0) {
          product[round] = best;
          tower[round] = rate;
        }
      }
      double plain = median(product);
      double forward = median(tower);
      System.out.printf(
          Locale.ROOT,
          "plain matrix product %.0f GFLOP/s, image tower forward %.0f GFLOP/s (%.1f images/s): %.0f %%%n",
          plain,
          forward,
          forward * 1e9 / forwardFlops(),
          100 * forward / plain);
    }
  }

  /** The faster of two goes, in floating-point operations per nanosecond. */
  private static double product(NDManager scope, int m, int k, int n) {
    try (NDArray a = scope.randomNormal(new Shape(m, k));
        NDArray b = scope.randomNormal(new Shape(k, n))) {
      double best = 0;
      for (int i = 0; i < 4; i++) {
        long begin = System.nanoTime();
        a.matMul(b).close();
        best = Math.max(best, 2.0 * m * k * n / (System.nanoTime() - begin));
      }
      return best;
    }
  }

  /** Matrix products of one picture, two operations per multiplication and addition. */
  private static double forwardFlops() {
    int width = 768;
    int tokens = 14 * 14 + 1;
    double patches = 2.0 * (tokens - 1) * (3 * 16 * 16) * width;
    double maps = 2.0 * tokens * width * 12 * width;
    double attention = 2.0 * 2 * tokens * tokens * width;
    return patches + 12 * (maps + attention) + 2.0 * width * 512;
  }

  private static void step(boolean recompute) throws IOException {
    try (DualEncoder model = DualEncoder.random(SIZES, options(recompute))) {
      long before = memory("VmRSS");
      double[] seconds = new double[ROUNDS];
      for (int round = -1; round < ROUNDS; round++) {
        long begin = System.nanoTime();
        step(model, round);
        if (round >= 0) {
          seconds[round] = (System.nanoTime() - begin) / 1e9;
        }
      }
      System.out.printf(
          Locale.ROOT,
          "forward and backward %s gradient checkpointing: %.2f s, peak memory %.2f GB, of which %.2f GB before the first step%n",
          recompute ? "with" : "without",
          median(seconds),
          memory("VmHWM") / 1e6,
          before / 1e6);
    }
  }

  private static void step(DualEncoder model, long seed) {
    try (NDManager scope = model.manager().newSubManager()) {
      long[] pairs = new long[BATCH];
      Arrays.setAll(pairs, i -> i);
      TrainingBatch batch = new TrainingBatch(pixels(scope), ids(scope), scope.create(pairs), 0);
      float loss = new TrainingStep(model.contrastive()).gradients(batch, seed).total();
      if (!Float.isFinite(loss)) {
        throw new IllegalStateException("the loss is " + loss);
      }
    }
  }

  private static ModelOptions options(boolean recompute) {
    return new ModelOptions(DeviceChoice.CPU, Precision.FLOAT32, null, recompute, 0, 1);
  }

  private static NDArray pixels(NDManager scope) {
    return scope.randomNormal(new Shape(BATCH, 3, PRESET.imageSize(), PRESET.imageSize()));
  }

  private static NDArray ids(NDManager scope) {
    long[] ids = new long[BATCH * 77];
    Arrays.setAll(ids, i -> i % 77 == 76 ? 49_407 : 1 + i % 1000);
    return scope.create(ids, new Shape(BATCH, 77));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Kilobytes of this process, as Linux counts them under that name. */
  static long memory(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
