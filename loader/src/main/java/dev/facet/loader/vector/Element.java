package dev.facet.loader.vector;

/** Of which numbers a vector is made that is published as bytes; little-endian. */
public enum Element {
  /** By the column's type; bytes alone do not tell. */
  AUTO,
  FLOAT16,
  FLOAT32,
  FLOAT64
}
