package dev.facet.prepare.synth;

/** What is worn before the eyes. */
enum Glasses {
  NONE("none"),
  ROUND("round glasses"),
  SQUARE("square glasses"),
  SUNGLASSES("sunglasses");

  /** As labels and captions say it. */
  final String word;

  Glasses(String word) {
    this.word = word;
  }
}
