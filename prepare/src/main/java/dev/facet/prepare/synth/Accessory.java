package dev.facet.prepare.synth;

/** What is worn around the neck. */
enum Accessory {
  NONE("none"),
  SCARF("scarf"),
  BOW_TIE("bow tie"),
  NECKLACE("necklace");

  /** As labels and captions say it. */
  final String word;

  Accessory(String word) {
    this.word = word;
  }
}
