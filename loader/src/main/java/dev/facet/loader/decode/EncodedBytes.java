package dev.facet.loader.decode;

import org.bytedeco.javacpp.BytePointer;

/** A pointer to encoded bytes that can be aimed again, which the binding's own cannot. */
final class EncodedBytes extends BytePointer {
  void set(long memory) {
    address = memory;
  }
}
