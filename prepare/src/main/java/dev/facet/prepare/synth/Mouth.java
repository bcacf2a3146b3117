package dev.facet.prepare.synth;

/** The expression. */
enum Mouth {
  SMILING("smiling"),
  OPEN("open"),
  NEUTRAL("neutral"),
  FROWNING("frowning");

  /** As labels and captions say it. */
  final String word;

  Mouth(String word) {
    this.word = word;
  }
}
