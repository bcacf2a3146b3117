package dev.facet.cli.config;

import dev.facet.base.Range;
import dev.facet.model.DeviceChoice;
import dev.facet.model.ModelPreset;
import dev.facet.model.ops.Precision;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which model is trained, from which weights, and where it runs. */
public record ModelConfig(
    @FixedOnResume ModelPreset preset,
    @FixedOnResume @Range(min = 8, max = 2048) @Nullable Integer imageSize,
    @FixedOnResume @Range(min = 1, max = 256) @Nullable Integer patchSize,
    @FixedOnResume @Nullable Path init,
    @FixedOnResume @Nullable Path tokenizer,
    @FixedOnResume @Range(min = 258, max = 1_000_000) int vocabSize,
    @FixedOnResume @Range(min = 4, max = 4096) @Nullable Integer contextLength,
    DeviceChoice device,
    @FixedOnResume Precision precision,
    boolean gradientCheckpointing,
    @FixedOnResume @Range(min = 0, below = 1) double patchDropout) {}
