package dev.facet.model.weights.torch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pickles by hand, good and bad ones. */
final class Pickle {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Pickle() {
    op(PickleOpcodes.PROTO, 2);
  }

  Pickle op(int... bytes) {
    for (int each : bytes) {
      out.write(each);
    }
    return this;
  }

  Pickle raw(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  Pickle i4(long value) {
    out.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) value).array());
    return this;
  }

  Pickle text(String text) {
    return op(PickleOpcodes.BINUNICODE).i4(text.getBytes(StandardCharsets.UTF_8).length).raw(text);
  }

  Pickle number(long value) {
    return op(PickleOpcodes.BININT).i4(value);
  }

  Pickle global(String module, String name) {
    return op(PickleOpcodes.GLOBAL).raw(module + "\n" + name + "\n");
  }

  /** A tensor over a storage of so many elements. */
  Pickle tensor(
      String storage, String key, long stored, long offset, long[] shape, long[] strides) {
    global("torch._utils", "_rebuild_tensor_v2").op('(', '(').text("storage");
    global("torch", storage).text(key).text("cuda:0").number(stored).op('t', 'Q');
    number(offset).tuple(shape).tuple(strides);
    return op(PickleOpcodes.NEWFALSE).global("collections", "OrderedDict").op(')', 'R', 't', 'R');
  }

  Pickle tuple(long... values) {
    op('(');
    for (long value : values) {
      number(value);
    }
    return op('t');
  }

  byte[] stop() {
    op('.');
    return out.toByteArray();
  }
}
