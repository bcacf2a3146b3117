package dev.facet.prepare.filter;

/** Scripts that a caption's letters may be of. */
public enum Script {
  LATIN,
  CYRILLIC,
  GREEK,
  ARABIC,
  HEBREW,
  DEVANAGARI,
  BENGALI,
  TAMIL,
  THAI,
  HAN,
  JAPANESE,
  HANGUL
}
