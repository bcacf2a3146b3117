package dev.facet.loader.vector;

/** Of which numbers a vector is made that is published as bytes; little-endian. */
public enum Element {
  /** By the column's type; bytes alone do not tell. */
  AUTO(0),
  FLOAT16(2),
  FLOAT32(4),
  FLOAT64(8);

  private final int bytes;

  Element(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of a number; 0 where the column tells. */
  public int bytes() {
    return bytes;
  }
}
