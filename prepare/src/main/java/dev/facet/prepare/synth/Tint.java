package dev.facet.prepare.synth;

import java.util.List;

/** The named colours: few, and far enough apart to be told at 64 pixels. */
enum Tint {
  RED("red", 0xD21F2B),
  ORANGE("orange", 0xFF8A14),
  YELLOW("yellow", 0xFFDE2E),
  GREEN("green", 0x1FA045),
  BLUE("blue", 0x2456DC),
  PURPLE("purple", 0x7D2FB5),
  PINK("pink", 0xFF86C3),
  WHITE("white", 0xF6F6F6),
  GREY("grey", 0x8A8F96),
  BLACK("black", 0x1B1B20),
  BROWN("brown", 0x6B3E1C),
  BLOND("blond", 0xF2D27A),
  GINGER("ginger", 0xD2601A),
  GOLD("gold", 0xFFC21A);

  static final List<Tint> HAIR = List.of(BLACK, BROWN, BLOND, GINGER, WHITE, BLUE, PINK, GREEN);
  static final List<Tint> BACKGROUND =
      List.of(RED, ORANGE, YELLOW, GREEN, BLUE, PURPLE, WHITE, GREY);
  static final List<Tint> CLOTHES = List.of(RED, ORANGE, YELLOW, GREEN, BLUE, PURPLE, WHITE, BLACK);
  static final List<Tint> HAT = List.of(RED, YELLOW, GREEN, BLUE, PURPLE, PINK, WHITE, BLACK);
  static final List<Tint> ACCESSORY = List.of(RED, YELLOW, GREEN, BLUE, WHITE, BLACK);
  static final List<Tint> EYES = List.of(BLUE, GREEN, BROWN);

  final String word;
  final int rgb;

  Tint(String word, int rgb) {
    this.word = word;
    this.rgb = rgb;
  }
}
