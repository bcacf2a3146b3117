package dev.facet.cli.config;

import dev.facet.base.Range;
import dev.facet.model.DeviceChoice;
import dev.facet.model.ModelPreset;
import dev.facet.model.ops.Precision;
import dev.facet.model.text.CaptionCleanup;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which model is trained, from which weights, and where it runs. */
public record ModelConfig(
    @FixedOnResume ModelPreset preset,
    @FixedOnResume @Range(min = 8, max = 2048) @Nullable Integer imageSize,
    @FixedOnResume @Range(min = 1, max = 256) @Nullable Integer patchSize,
    @FixedOnResume @Nullable Path init,
    @FixedOnResume @Nullable Path tokenizer,
    @FixedOnResume Cleanup captionCleanup,
    @FixedOnResume @Range(min = 258, max = 1_000_000) int vocabSize,
    @FixedOnResume @Range(min = 4, max = 4096) @Nullable Integer contextLength,
    DeviceChoice device,
    @FixedOnResume Precision precision,
    boolean gradientCheckpointing,
    @FixedOnResume @Range(min = 0, below = 1) double patchDropout) {

  /** What happens to captions before they are cut into tokens. */
  public enum Cleanup {
    /** As the initial weights were trained, or as is usual for the kind of model. */
    AUTO(null),
    NONE(CaptionCleanup.NONE),
    WEB(CaptionCleanup.WEB),
    LOWER(CaptionCleanup.LOWER),
    SIGLIP(CaptionCleanup.SIGLIP),
    FLIP(CaptionCleanup.FLIP);

    private final @Nullable CaptionCleanup fixed;

    Cleanup(@Nullable CaptionCleanup fixed) {
      this.fixed = fixed;
    }

    /** The one that was asked for. */
    public CaptionCleanup or(CaptionCleanup automatic) {
      return fixed == null ? automatic : fixed;
    }
  }
}
