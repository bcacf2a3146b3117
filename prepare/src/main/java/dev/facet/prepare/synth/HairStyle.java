package dev.facet.prepare.synth;

/** How the hair is worn. */
enum HairStyle {
  SHORT("short"),
  LONG("long"),
  CURLY("curly"),
  SPIKY("spiky"),
  PIGTAILS("pigtails");

  /** As labels and captions say it. */
  final String word;

  HairStyle(String word) {
    this.word = word;
  }
}
