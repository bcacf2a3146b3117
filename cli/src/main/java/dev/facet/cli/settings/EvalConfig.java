package dev.facet.cli.settings;

import dev.facet.augment.resample.Interpolation;
import dev.facet.augment.resample.ResizeMode;
import dev.facet.base.FixedOnResume;
import dev.facet.base.Range;
import dev.facet.eval.measure.Bootstrap;
import dev.facet.eval.measure.Evaluation;
import dev.facet.eval.retrieval.Retrieval;
import dev.facet.eval.retrieval.RetrievalSettings;
import dev.facet.eval.retrieval.TieRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How retrieval is scored. */
public record EvalConfig(
    @FixedOnResume List<EvalSet> sets,
    @Range(min = 1, max = 65_536) int batch,
    @FixedOnResume IdenticalCaptions identicalCaptions,
    @FixedOnResume TieRule ties,
    @Range(min = 1, max = 1_000_000) List<Integer> recallAt,
    @Range(min = 0, max = 1_000_000) int bootstrap,
    @FixedOnResume @Range(min = 0, max = 65_536) int rerank,
    @FixedOnResume @Nullable ResizeMode resizeMode,
    @FixedOnResume @Nullable Interpolation interpolation,
    @Range(min = 0, max = 200) int gallery) {

  /** The same without sets. */
  public EvalConfig onOneSet() {
    return new EvalConfig(
        List.of(),
        batch,
        identicalCaptions,
        ties,
        recallAt,
        bootstrap,
        rerank,
        resizeMode,
        interpolation,
        gallery);
  }

  /** These settings as scoring takes them. */
  public RetrievalSettings retrieval(int threads) {
    return new RetrievalSettings(
        ties, identicalCaptions == IdenticalCaptions.POSITIVE, RetrievalSettings.DEPTH, threads);
  }

  /**
   * All figures of a ranking.
   *
   * @param seed of the samples that intervals are made of
   */
  public Evaluation evaluation(Retrieval retrieval, long seed) {
    return Evaluation.of(retrieval, recallAt, bootstrap(seed));
  }

  /**
   * What intervals are made of; null for none.
   *
   * @param seed of the samples
   */
  public @Nullable Bootstrap bootstrap(long seed) {
    return bootstrap == 0 ? null : new Bootstrap(bootstrap, seed);
  }

  /** Whether a caption that several pictures share counts as right for each of them. */
  public enum IdenticalCaptions {
    POSITIVE,
    STRICT
  }
}
