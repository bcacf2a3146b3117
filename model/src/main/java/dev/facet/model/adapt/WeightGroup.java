package dev.facet.model.adapt;

import dev.facet.base.FacetException;
import dev.facet.base.Range;
import dev.facet.base.Required;
import dev.facet.model.training.WeightRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weights that learn at another rate or decay otherwise.
 *
 * @param match patterns of weights' names, or {@linkplain ModelPart parts} of a model
 * @param lr peak learning rate, in place of the run's
 * @param lrScale what the run's learning rate is multiplied by
 * @param weightDecay in place of the run's, of matrices and larger arrays
 */
public record WeightGroup(
    @Required List<String> match,
    @Range(above = 0, max = 10) @Nullable Double lr,
    @Range(above = 0, max = 10_000) @Nullable Double lrScale,
    @Range(min = 0, max = 10) @Nullable Double weightDecay) {

  /** What an entry has that gives nothing. */
  public static final WeightGroup DEFAULT = new WeightGroup(List.of(), null, null, null);

  /**
   * Checks that it says something, and not two things at once.
   *
   * @throws FacetException saying what to change
   */
  public WeightGroup {
    if (lr != null && lrScale != null) {
      throw FacetException.usage("lr and lr_scale are both given: leave one of the two out");
    }
    if (!match.isEmpty() && lr == null && lrScale == null && weightDecay == null) {
      throw FacetException.usage("nothing is changed: give lr, lr_scale or weight_decay");
    }
  }

  /** What becomes of its weights in a run of that peak learning rate. */
  WeightRule rule(double peak) {
    return new WeightRule(lr != null ? lr / peak : lrScale != null ? lrScale : 1, weightDecay);
  }
}
