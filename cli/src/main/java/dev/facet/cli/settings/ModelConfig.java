package dev.facet.cli.settings;

import dev.facet.base.FixedOnResume;
import dev.facet.base.Range;
import dev.facet.model.DeviceChoice;
import dev.facet.model.adapt.Adaptation;
import dev.facet.model.clip.ModelPreset;
import dev.facet.model.ops.Precision;
import dev.facet.model.text.CaptionCleanup;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which model is trained, from which weights, and where it runs. */
public record ModelConfig(
    @FixedOnResume ModelPreset preset,
    @FixedOnResume @Range(min = 8, max = 2048) @Nullable Integer imageSize,
    @FixedOnResume @Range(min = 1, max = 256) @Nullable Integer patchSize,
    @FixedOnResume @Nullable Path init,
    @FixedOnResume @Nullable Path initImage,
    @FixedOnResume @Nullable Path initText,
    @FixedOnResume boolean strict,
    @FixedOnResume @Range(min = 1, max = 65_536) @Nullable Integer embedDim,
    @FixedOnResume @Nullable Path tokenizer,
    @FixedOnResume Cleanup captionCleanup,
    @FixedOnResume @Range(min = 258, max = 1_000_000) int vocabSize,
    @FixedOnResume @Range(min = 4, max = 4096) @Nullable Integer contextLength,
    DeviceChoice device,
    @FixedOnResume Precision precision,
    boolean gradientCheckpointing,
    @FixedOnResume @Range(min = 0, below = 1) double patchDropout,
    @FixedOnResume List<String> freeze,
    @FixedOnResume boolean lockImageTower,
    @FixedOnResume boolean lockTextTower,
    VectorsConfig vectors,
    LoraConfig lora) {

  /** The folder that the image tower starts from, with its size and preprocessing. */
  public @Nullable Path images() {
    return initImage == null ? init : initImage;
  }

  /** The folder that the text tower starts from, with its tokenizer. */
  public @Nullable Path texts() {
    return initText == null ? init : initText;
  }

  /** Which weights learn. */
  public Adaptation adaptation() {
    return new Adaptation(freeze, lockImageTower, lockTextTower, lora.wanted());
  }

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
