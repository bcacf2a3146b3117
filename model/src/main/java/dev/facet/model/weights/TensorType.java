package dev.facet.model.weights;

/** Element types of stored tensors, named as in a safetensors header. */
public enum TensorType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  F8_E4M3(1),
  F8_E5M2(1),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U64(8),
  U32(4),
  U16(2),
  U8(1),
  BOOL(1);

  private final int bytes;

  TensorType(int bytes) {
    this.bytes = bytes;
  }

  /**
   * Whether {@link TensorEntry#floats} reads it: a float type, which becomes float32 without loss,
   * or in the case of F64 rounded to the nearest.
   */
  public boolean isFloat() {
    return switch (this) {
      case F64, F32, F16, BF16, F8_E4M3, F8_E5M2 -> true;
      case I64, I32, I16, I8, U64, U32, U16, U8, BOOL -> false;
    };
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }
}
