package dev.facet.prepare.synth;

/** What is worn on the head. */
enum Hat {
  NONE("none"),
  CAP("cap"),
  BEANIE("beanie"),
  TOP_HAT("top hat"),
  SUN_HAT("sun hat");

  /** As labels and captions say it. */
  final String word;

  Hat(String word) {
    this.word = word;
  }
}
