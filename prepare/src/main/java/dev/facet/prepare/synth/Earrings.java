package dev.facet.prepare.synth;

import org.jspecify.annotations.Nullable;

/** A pair of earrings, by colour. */
enum Earrings {
  NONE("none", null),
  GOLD("gold", Tint.GOLD),
  RED("red", Tint.RED),
  BLUE("blue", Tint.BLUE);

  final String word;
  final @Nullable Tint tint;

  Earrings(String word, @Nullable Tint tint) {
    this.word = word;
    this.tint = tint;
  }
}
