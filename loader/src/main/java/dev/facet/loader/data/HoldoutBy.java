package dev.facet.loader.data;

/** What decides whether a row is held out. */
public enum HoldoutBy {
  /** The picture's SHA-256 where the data tells it, else its path, else the row's id. */
  AUTO,
  /** The picture's bytes. */
  CONTENT
}
