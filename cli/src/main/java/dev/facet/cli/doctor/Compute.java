package dev.facet.cli.doctor;

import dev.facet.base.FacetException;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.clip.ModelPreset;
import dev.facet.model.cuda.CudaDevice;
import dev.facet.model.cuda.CudaDriver;
import dev.facet.model.cuda.CudaUse;
import dev.facet.model.ops.Precision;
import dev.facet.model.selfcheck.DeviceRate;
import dev.facet.model.selfcheck.SelfCheck;
import dev.facet.model.selfcheck.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The driver, libtorch, and what the device that training would take computes, and how fast. */
final class Compute {
  /** Widths of the matrices that are multiplied. */
  private static final int SIDE = 2048;

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
    try {
      findings.add(
          new Finding(
              "libtorch",
              CudaUse.get().libtorch() + ", CUDA devices it can use: " + CudaUse.get().devices(),
              CudaUse.get().idle()));
    } catch (RuntimeException | LinkageError e) {
      findings.add(Finding.bad("libtorch", e));
      return findings;
    }
    try {
      findings.addAll(model());
    } catch (RuntimeException | LinkageError e) {
      findings.add(Finding.bad("device", e));
    }
    return findings;
  }

  private static List<Finding> model() {
    List<Finding> findings = new ArrayList<>();
    ClipConfig sizes =
        PRESET.config(
            PRESET.imageSize(),
            PRESET.patchSize(),
            PRESET.contextLength(),
            VOCABULARY,
            VOCABULARY - 2,
            VOCABULARY - 1);
    try (DualEncoder model =
        DualEncoder.random(sizes, ModelOptions.plain(DeviceChoice.AUTO, Precision.FLOAT32))) {
      findings.add(Finding.good("device", model.device()));
      findings.add(arithmetic(model));
      findings.add(
          Finding.good(
              "matrix product",
              String.format(
                  Locale.ROOT,
                  "%,.0f GFLOP/s in float32, %d x %d",
                  DeviceRate.product(model, SIDE) / 1e9,
                  SIDE,
                  SIDE)));
      findings.add(
          Finding.good(
              "training step",
              String.format(
                  Locale.ROOT,
                  "%,.0f pairs/s with preset %s, batch %d, float32",
                  DeviceRate.step(model, sizes, BATCH),
                  PRESET.name().toLowerCase(Locale.ROOT),
                  BATCH)));
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
}
