package dev.facet.prepare.whole;

import dev.facet.base.FacetException;
import dev.facet.base.FixedOnResume;
import dev.facet.base.Range;

/**
 * What is held out. A hash of a photo's bytes decides, for all of its copies together. Data that
 * has held-out splits of its own keeps these, and no more is held out of it.
 *
 * @param validation share of the photos that go into {@code val}
 * @param test share of the photos that go into {@code test}
 */
public record SplitSettings(
    @FixedOnResume @Range(min = 0, below = 1) double validation,
    @FixedOnResume @Range(min = 0, below = 1) double test) {
  public SplitSettings {
    if (validation + test >= 1) {
      throw FacetException.usage(
          "split.validation %s and split.test %s leave nothing to train on; together they must be below 1"
              .formatted(validation, test));
    }
  }
}
