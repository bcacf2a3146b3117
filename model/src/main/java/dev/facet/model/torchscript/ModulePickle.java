package dev.facet.model.torchscript;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A module as {@code data.pkl} holds it, in pickle protocol 2: each object as {@code
 * Class.__new__()} with its attributes as state, each weight as a call of {@code
 * torch._utils._rebuild_tensor_v2} on a storage that is named by its entry in the archive.
 */
final class ModulePickle {
  /** The pickle of an empty tuple. */
  static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<ScriptModule.Weight> weights = new ArrayList<>();

  ModulePickle(ScriptModule module) {
    opcodes(0x80, 2);
    object(module);
    opcodes('.');
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  /** Weight i is the entry {@code data/i}. */
  List<ScriptModule.Weight> weights() {
    return weights;
  }

  private void object(ScriptModule module) {
    global("__torch__", module.type());
    opcodes(')', 0x81, '}', '(');
    for (Map.Entry<String, ScriptModule.Weight> each : module.parameters().entrySet()) {
      string(each.getKey());
      weight(each.getValue());
    }
    // To freeze or optimise a module, libtorch wants it in inference mode.
    string("training");
    opcodes(0x89);
    for (Map.Entry<String, ScriptModule> each : module.modules().entrySet()) {
      string(each.getKey());
      object(each.getValue());
    }
    opcodes('u', 'b');
  }

  private void weight(ScriptModule.Weight weight) {
    long[] sizes = weight.shape().getShape();
    long[] strides = new long[sizes.length];
    long stride = 1;
    for (int i = sizes.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= sizes[i];
    }
    global("torch._utils", "_rebuild_tensor_v2");
    opcodes('(', '(');
    string("storage");
    global("torch", "FloatStorage");
    string(Integer.toString(weights.size()));
    string("cpu");
    number(weight.shape().size());
    opcodes('t', 'Q');
    number(0);
    tuple(sizes);
    tuple(strides);
    // No gradient wanted, no hooks.
    opcodes(0x89);
    global("collections", "OrderedDict");
    opcodes(')', 'R', 't', 'R');
    weights.add(weight);
  }

  private void tuple(long[] values) {
    opcodes('(');
    for (long value : values) {
      number(value);
    }
    opcodes('t');
  }

  private void global(String module, String name) {
    opcodes('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    opcodes('X');
    out.writeBytes(little(Integer.BYTES).putInt(bytes.length).array());
    out.writeBytes(bytes);
  }

  /** As four bytes where they do, else as a long integer of eight (opcode LONG1). */
  private void number(long value) {
    if (value == (int) value) {
      opcodes('J');
      out.writeBytes(little(Integer.BYTES).putInt((int) value).array());
    } else {
      opcodes(0x8a, Long.BYTES);
      out.writeBytes(little(Long.BYTES).putLong(value).array());
    }
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void opcodes(int... codes) {
    for (int code : codes) {
      out.write(code);
    }
  }
}
