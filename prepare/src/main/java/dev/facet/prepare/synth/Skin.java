package dev.facet.prepare.synth;

/** Tone of the skin. */
enum Skin {
  PALE("pale", 0xFFE3CC),
  TAN("tan", 0xE0A878),
  BROWN("brown", 0xA26A45),
  DARK("dark", 0x643F2D);

  final String word;
  final int rgb;

  Skin(String word, int rgb) {
    this.word = word;
    this.rgb = rgb;
  }
}
