package dev.facet.prepare.synth;

/** What covers the background, in a shade of its colour. */
enum Pattern {
  PLAIN("plain"),
  STRIPED("striped"),
  DOTTED("dotted"),
  CHECKED("checked");

  /** As labels and captions say it. */
  final String word;

  Pattern(String word) {
    this.word = word;
  }
}
