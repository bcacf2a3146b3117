package dev.facet.prepare.whole;

import dev.facet.loader.data.Holdout;
import dev.facet.loader.data.HoldoutBy;
import dev.facet.loader.data.SplitName;

/** The part of a data set that a photo is in. */
public enum Side {
  TRAIN(SplitName.TRAIN),
  VALIDATION(Holdout.VALIDATION),
  TEST(SplitName.TEST);

  private final String split;

  Side(String split) {
    this.split = split;
  }

  /** The side of a split that data has by itself; what it calls otherwise is trained on. */
  public static Side named(String split) {
    if (split.equals(SplitName.TEST)) {
      return TEST;
    }
    String known = SplitName.known(split);
    return known == null || known.equals(SplitName.TRAIN) ? TRAIN : VALIDATION;
  }

  /** As files are named. */
  String split() {
    return split;
  }

  /**
   * The side that a photo has by itself: the bytes alone decide.
   *
   * @param sha256 of its bytes, in hex
   */
  static Side of(String sha256, SplitSettings shares) {
    Holdout holdout =
        new Holdout(SplitName.TRAIN, shares.validation(), shares.test(), HoldoutBy.CONTENT);
    String split = holdout.split(Holdout.hash(sha256));
    for (Side side : values()) {
      if (side.split.equals(split)) {
        return side;
      }
    }
    throw new IllegalStateException(split);
  }
}
