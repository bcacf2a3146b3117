package dev.facet.model.weights.torch;

import dev.facet.model.weights.TensorType;
import java.lang.foreign.MemorySegment;

/**
 * What a pickle says of a tensor: a strided window onto a storage, not yet checked.
 *
 * @param offset of the first element, in elements
 * @param strides between neighbours of each dimension, in elements
 */
record TorchTensor(
    MemorySegment storage, TensorType type, long offset, long[] shape, long[] strides) {
  /** Elements in the tensor. */
  long elements() {
    long product = 1;
    for (long size : shape) {
      product = Math.multiplyExact(product, size);
    }
    return product;
  }

  /** Elements in the storage. */
  long stored() {
    return storage.byteSize() / type.bytes();
  }

  /**
   * Whether every element lies in the storage.
   *
   * @throws ArithmeticException if a number passes 64 bits
   */
  boolean fits() {
    if (offset < 0 || shape.length != strides.length) {
      return false;
    }
    long last = offset;
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] < 0 || strides[i] < 0) {
        return false;
      }
      last = Math.addExact(last, Math.multiplyExact(Math.max(shape[i] - 1, 0), strides[i]));
    }
    return elements() == 0 || last < stored();
  }

  /** Whether the elements are in row-major order without gaps; sizes of 1 have any stride. */
  boolean isContiguous() {
    long expected = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      if (shape[i] != 1 && strides[i] != expected) {
        return false;
      }
      expected *= shape[i];
    }
    return true;
  }

  /** The bytes of a contiguous tensor. */
  MemorySegment view() {
    return elements() == 0
        ? storage.asSlice(0, 0)
        : storage.asSlice(offset * type.bytes(), elements() * type.bytes());
  }

  /** Writes the elements in row-major order. */
  void copyTo(MemorySegment target) {
    long[] at = new long[shape.length];
    long from = offset;
    int bytes = type.bytes();
    for (long to = 0; to < elements(); to++) {
      MemorySegment.copy(storage, from * bytes, target, to * bytes, bytes);
      for (int i = shape.length - 1; i >= 0; i--) {
        from += strides[i];
        if (++at[i] < shape[i]) {
          break;
        }
        from -= shape[i] * strides[i];
        at[i] = 0;
      }
    }
  }
}
