package dev.facet.model.selfcheck;

import dev.facet.model.ops.Precision;
import java.util.List;

/** One operation of a model at its widths, which takes batches of any size. */
sealed interface Part permits LinearMap, Attention, Norm, Nonlinearity {
  /** What it is, with its widths. */
  String name();

  /** Several of its kind, for the log. */
  String kind();

  Precision precision();

  /** Batches of this size, as its messages count them. */
  String of(Size size);

  Cost cost(Size size, boolean gradients);

  /** Runs it on seeded numbers, and says how far a sample of what comes out is from right. */
  List<Difference> check(Size size, Trial trial);
}
