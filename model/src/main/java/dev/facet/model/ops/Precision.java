package dev.facet.model.ops;

/** The type in which matrix products are computed. Weights and sums stay float32. */
public enum Precision {
  FLOAT32(6),
  BFLOAT16(15);

  /** Libtorch's number of the type (c10/core/ScalarType.h). */
  private final int scalarType;

  Precision(int scalarType) {
    this.scalarType = scalarType;
  }

  /** The one with that number. */
  public static Precision ofScalarType(long scalarType) {
    return scalarType == FLOAT32.scalarType ? FLOAT32 : BFLOAT16;
  }

  int scalarType() {
    return scalarType;
  }
}
