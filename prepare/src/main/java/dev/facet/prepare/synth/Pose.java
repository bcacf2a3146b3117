package dev.facet.prepare.synth;

/** Where the head is turned, as the viewer sees it; a horizontal flip swaps the sides. */
enum Pose {
  FRONT("front", 0),
  LEFT("left", -0.24),
  RIGHT("right", 0.24);

  final String word;

  /** How far eyes, nose and mouth move across the head, in units of half its height. */
  final double shift;

  Pose(String word, double shift) {
    this.word = word;
    this.shift = shift;
  }
}
