package dev.facet.eval.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A protocol buffer message under construction, in the wire format of
 * protobuf.dev/programming-guides/encoding.
 */
final class Message {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Message varint(int field, long value) {
    key(field, VARINT);
    raw(value);
    return this;
  }

  Message float64(int field, double value) {
    key(field, FIXED64);
    little(Double.doubleToRawLongBits(value), 8);
    return this;
  }

  Message float32(int field, float value) {
    key(field, FIXED32);
    little(Float.floatToRawIntBits(value), 4);
    return this;
  }

  Message text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  Message message(int field, Message value) {
    return bytes(field, value.bytes());
  }

  /** Packed, as proto3 writes repeated numbers. */
  Message doubles(int field, List<Double> values) {
    Message packed = new Message();
    values.forEach(value -> packed.little(Double.doubleToRawLongBits(value), 8));
    return bytes(field, packed.bytes());
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  Message bytes(int field, byte[] value) {
    key(field, LENGTH);
    raw(value.length);
    out.writeBytes(value);
    return this;
  }

  private void key(int field, int wireType) {
    raw(((long) field << 3) | wireType);
  }

  private void raw(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private void little(long bits, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (bits >>> (8 * i)));
    }
  }
}
