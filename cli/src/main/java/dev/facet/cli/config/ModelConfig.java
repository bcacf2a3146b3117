package dev.facet.cli.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which model is trained, from which weights, and where it runs. */
public record ModelConfig(
    @FixedOnResume Preset preset,
    @FixedOnResume @Range(min = 8, max = 2048) @Nullable Integer imageSize,
    @FixedOnResume @Range(min = 1, max = 256) @Nullable Integer patchSize,
    @FixedOnResume @Nullable Path init,
    @FixedOnResume @Nullable Path tokenizer,
    @FixedOnResume @Range(min = 258, max = 1_000_000) int vocabSize,
    @FixedOnResume @Range(min = 4, max = 4096) @Nullable Integer contextLength,
    Device device,
    @FixedOnResume Precision precision) {

  /** Sizes of the two encoders. */
  public enum Preset {
    TINY,
    SMALL,
    VIT_B_32,
    VIT_B_16,
    VIT_L_14
  }

  /** Where tensors live. */
  public enum Device {
    AUTO,
    CPU,
    CUDA
  }

  /** What matrix products are computed in; weights are float32 either way. */
  public enum Precision {
    FLOAT32,
    BFLOAT16
  }
}
