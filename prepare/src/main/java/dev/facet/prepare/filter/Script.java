package dev.facet.prepare.filter;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/** Scripts that a caption's letters may be of, as Unicode assigns them (UAX #24). */
public enum Script {
  LATIN(UnicodeScript.LATIN),
  CYRILLIC(UnicodeScript.CYRILLIC),
  GREEK(UnicodeScript.GREEK),
  ARABIC(UnicodeScript.ARABIC),
  HEBREW(UnicodeScript.HEBREW),
  DEVANAGARI(UnicodeScript.DEVANAGARI),
  BENGALI(UnicodeScript.BENGALI),
  TAMIL(UnicodeScript.TAMIL),
  THAI(UnicodeScript.THAI),
  HAN(UnicodeScript.HAN),
  JAPANESE(UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HAN),
  HANGUL(UnicodeScript.HANGUL);

  private final Set<UnicodeScript> scripts;

  Script(UnicodeScript... scripts) {
    this.scripts = Set.of(scripts);
  }

  boolean has(UnicodeScript script) {
    return scripts.contains(script);
  }
}
