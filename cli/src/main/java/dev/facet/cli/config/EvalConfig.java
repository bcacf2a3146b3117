package dev.facet.cli.config;

import dev.facet.augment.resample.Interpolation;
import dev.facet.augment.resample.ResizeMode;
import dev.facet.base.FixedOnResume;
import dev.facet.base.Range;
import dev.facet.eval.retrieval.RetrievalSettings;
import dev.facet.eval.retrieval.TieRule;
import org.jspecify.annotations.Nullable;

/** How retrieval is scored. */
public record EvalConfig(
    @Range(min = 1, max = 65_536) int batch,
    @FixedOnResume IdenticalCaptions identicalCaptions,
    @FixedOnResume TieRule ties,
    @FixedOnResume @Nullable ResizeMode resizeMode,
    @FixedOnResume @Nullable Interpolation interpolation,
    @Range(min = 0, max = 200) int gallery) {

  /** These settings as scoring takes them. */
  public RetrievalSettings retrieval(int threads) {
    return new RetrievalSettings(ties, identicalCaptions == IdenticalCaptions.POSITIVE, threads);
  }

  /** Whether a caption that several pictures share counts as right for each of them. */
  public enum IdenticalCaptions {
    POSITIVE,
    STRICT
  }
}
