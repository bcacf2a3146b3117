package dev.facet.model.weights;

/** Element types of the format that models use; names as in its header. */
public enum TensorType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U8(1),
  BOOL(1);

  private final int bytes;

  TensorType(int bytes) {
    this.bytes = bytes;
  }

  /** Whether it can become float32 without loss. */
  public boolean isFloat() {
    return this == F32 || this == F16 || this == BF16;
  }

  public int bytes() {
    return bytes;
  }
}
