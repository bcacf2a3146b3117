package dev.facet.cli.config;

import dev.facet.base.Range;

/** The weight of a name: how often it is drawn, as against the others. */
record Weight(@Range(above = 0, max = 1e9) double weight) {
  /** What a weight may be; the sum of all need not be 1. */
  static final Range RANGE = Weight.class.getRecordComponents()[0].getAnnotation(Range.class);
}
