package dev.facet.cli.doctor;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.facet.base.FacetException;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.clip.ModelPreset;
import dev.facet.model.cuda.CudaDevice;
import dev.facet.model.cuda.CudaDriver;
import dev.facet.model.cuda.CudaUse;
import dev.facet.model.ops.Precision;
import dev.facet.model.selfcheck.SelfCheck;
import dev.facet.model.selfcheck.Use;
import dev.facet.model.training.FusedAdamW;
import dev.facet.model.training.TrainingBatch;
import dev.facet.model.training.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The driver, libtorch, and what the device that training would take computes, and how fast. */
final class Compute {
  /** Widths of the matrices that are multiplied. */
  private static final int SIDE = 2048;

  /** The best of so many is told: others are disturbed by what else runs. */
  private static final int TRIES = 3;

  private static final int BATCH = 32;
  private static final int VOCABULARY = 1000;
  private static final ModelPreset PRESET = ModelPreset.SMALL;

  private Compute() {}

  static List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    CudaDriver driver = CudaDriver.get();
    findings.add(
        Finding.good(
            "CUDA driver",
            driver.problem() == null
                ? "CUDA %s; %s"
                    .formatted(
                        driver.version(),
                        driver.devices().stream()
                            .map(CudaDevice::text)
                            .collect(Collectors.joining("; ")))
                : "none: " + driver.problem()));
    findings.add(
        new Finding(
            "libtorch",
            Engine.getEngine("PyTorch").getVersion()
                + ", CUDA devices it can use: "
                + CudaUse.get().devices(),
            CudaUse.get().idle()));
    findings.addAll(model());
    return findings;
  }

  private static List<Finding> model() {
    List<Finding> findings = new ArrayList<>();
    try (DualEncoder model =
        DualEncoder.random(
            PRESET.config(
                PRESET.imageSize(),
                PRESET.patchSize(),
                PRESET.contextLength(),
                VOCABULARY,
                VOCABULARY - 2,
                VOCABULARY - 1),
            ModelOptions.plain(DeviceChoice.AUTO, Precision.FLOAT32))) {
      findings.add(Finding.good("device", model.device()));
      findings.add(arithmetic(model));
      findings.add(Finding.good("matrix product", product(model)));
      findings.add(Finding.good("training step", step(model)));
    }
    return findings;
  }

  private static Finding arithmetic(DualEncoder model) {
    try {
      String line = SelfCheck.run(model, List.of(new Use(BATCH, 1000L * BATCH, true)));
      return Finding.good("arithmetic", line.replaceFirst("^arithmetic: ", ""));
    } catch (FacetException e) {
      return new Finding("arithmetic", "wrong", e.getMessage());
    }
  }

  private static String product(DualEncoder model) {
    try (NDManager scope = model.manager().newSubManager()) {
      NDArray a = scope.ones(new Shape(SIDE, SIDE), DataType.FLOAT32);
      double best = Double.MAX_VALUE;
      for (int i = 0; i < TRIES; i++) {
        long begin = System.nanoTime();
        try (NDArray c = a.matMul(a);
            NDArray sum = c.sum()) {
          sum.getFloat(); // waits for the device
        }
        best = Math.min(best, (System.nanoTime() - begin) / 1e9);
      }
      return String.format(
          Locale.ROOT,
          "%,.0f GFLOP/s in float32, %d x %d",
          2.0 * SIDE * SIDE * SIDE / best / 1e9,
          SIDE,
          SIDE);
    }
  }

  private static String step(DualEncoder model) {
    TrainingStep training = new TrainingStep(model.contrastive());
    FusedAdamW optimizer = new FusedAdamW(model, 0.9, 0.98, 1e-6);
    double best = Double.MAX_VALUE;
    for (int step = 1; step <= TRIES; step++) {
      long begin = System.nanoTime();
      try (NDManager scope = model.manager().newSubManager()) {
        float loss = training.gradients(batch(scope), step).total();
        optimizer.clipGradients(scope, 1);
        optimizer.step(scope, step, 1e-5, 0.1);
        if (!Float.isFinite(loss)) {
          return "a loss that is " + loss;
        }
      }
      best = Math.min(best, (System.nanoTime() - begin) / 1e9);
    }
    return String.format(
        Locale.ROOT,
        "%,.0f pairs/s with preset %s, batch %d, float32",
        BATCH / best,
        PRESET.name().toLowerCase(Locale.ROOT),
        BATCH);
  }

  /** Grey pictures with different captions: what they show does not matter to the time. */
  private static TrainingBatch batch(NDManager scope) {
    int side = PRESET.imageSize();
    int length = PRESET.contextLength();
    long[] ids = new long[BATCH * length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (i + 1) % length == 0 ? VOCABULARY - 1 : Math.floorMod(31L * i, VOCABULARY - 2);
    }
    return new TrainingBatch(
        scope.zeros(new Shape(BATCH, 3, side, side), DataType.FLOAT32),
        scope.create(ids, new Shape(BATCH, length)),
        scope.arange(0, BATCH, 1, DataType.INT64),
        0);
  }
}
