package dev.facet.eval.measure;

import dev.facet.eval.retrieval.Retrieval;
import dev.facet.eval.retrieval.RetrievalResult;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation found, with both conventions for captions that several pictures share.
 *
 * @param result counts and settings
 * @param measures the figures, under the convention of the settings
 * @param otherwise the figures under the other convention, without intervals
 * @param bootstrap how intervals came about; null if there are none
 * @param reorderedFirst how many of each query a second look ordered anew; 0 for none
 * @param bySimilarity the figures without that look; null if there was none
 */
public record Evaluation(
    RetrievalResult result,
    Measures measures,
    Measures otherwise,
    @Nullable Bootstrap bootstrap,
    int reorderedFirst,
    @Nullable Measures bySimilarity) {

  /**
   * Of a ranking; pairs are ranked anew for the other convention if a caption is shared.
   *
   * @param more K of recall@K besides 1, 5 and 10
   * @param bootstrap of the intervals; null for none
   */
  public static Evaluation of(
      Retrieval retrieval, Collection<Integer> more, @Nullable Bootstrap bootstrap) {
    Retrieval before = retrieval.bySimilarity();
    return new Evaluation(
        retrieval.result(),
        Measures.of(retrieval, more, bootstrap),
        Measures.of(retrieval.otherwise(), more, null),
        bootstrap,
        retrieval.reorderedFirst(),
        before == null ? null : Measures.of(before, more, null));
  }

  /** A caption is right for every picture that has one of the same tokens. */
  public Measures positive() {
    return result.settings().duplicateAware() ? measures : otherwise;
  }

  /** A caption is right for its own picture alone. */
  public Measures strict() {
    return result.settings().duplicateAware() ? otherwise : measures;
  }
}
