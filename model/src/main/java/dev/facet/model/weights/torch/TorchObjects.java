package dev.facet.model.weights.torch;

import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds what the known names stand for: plain data and tensors over the file's storages. */
final class TorchObjects {
  /** A storage as the pickle refers to it. */
  private record Storage(@Nullable TensorType type, MemorySegment bytes) {}

  /** Where the bytes of storages lie. */
  @FunctionalInterface
  interface Storages {
    /**
     * A storage, or null if the file has none of that key.
     *
     * @param elements as many as the pickle claims it to have
     * @param width bytes of each
     */
    @Nullable MemorySegment find(String key, long elements, int width);
  }

  private final PickleStack stack;
  private final Refusals refusals;
  private final Storages storages;

  TorchObjects(PickleStack stack, Refusals refusals, Storages storages) {
    this.stack = stack;
    this.refusals = refusals;
    this.storages = storages;
  }

  Object global(Object module, Object name) {
    if (!(module instanceof String from) || !(name instanceof String what)) {
      throw refusals.broken("its pickle names something by a value that is no text");
    }
    TorchGlobal global = TorchGlobal.find(from, what);
    if (global == null) {
      throw refusals.code(from + "." + what);
    }
    return global;
  }

  /** The pickle's call of a function or class. */
  Object call(Object callee, Object arguments) {
    if (!(callee instanceof TorchGlobal.Call call) || !(arguments instanceof PickleList list)) {
      throw refusals.broken("its pickle calls something that is no function");
    }
    List<Object> values = list.values();
    return switch (call) {
      case ORDERED_DICT -> orderedDict(values);
      case REBUILD_TENSOR -> tensor(values, null);
      case REBUILD_TENSOR_TYPED -> tensor(values, dtype(argument(values, 6)));
      case REBUILD_PARAMETER, SIZE -> argument(values, 0);
      case MODULE -> {
        stack.charge(100);
        yield new PickleModule();
      }
      case INERT -> Inert.INSTANCE;
    };
  }

  /**
   * A reference to a storage: ("storage", class, key, device, elements), and before PyTorch 1.6 a
   * part of another storage, or None.
   */
  Object storage(Object reference) {
    if (!(reference instanceof PickleList list)
        || list.values().size() < 5
        || list.values().size() > 6
        || (list.values().size() == 6 && !(list.values().get(5) instanceof Inert))
        || !(list.values().get(1) instanceof TorchGlobal.Elements elements)
        || !(list.values().get(2) instanceof String key)
        || !(list.values().get(4) instanceof Long count)) {
      throw refusals.broken("its pickle refers to a storage in an unknown way");
    }
    int size = elements.type() == null ? 1 : elements.type().bytes();
    MemorySegment bytes = storages.find(key, count, size);
    if (bytes == null) {
      throw refusals.broken("its storage " + Refusals.shown(key) + " is missing");
    }
    if (bytes.byteSize() % size != 0 || bytes.byteSize() / size != count) {
      throw refusals.broken(
          "its storage "
              + Refusals.shown(key)
              + " has "
              + bytes.byteSize()
              + " bytes, where "
              + count
              + " elements of "
              + size
              + " are claimed");
    }
    stack.charge(100);
    return new Storage(elements.type(), bytes);
  }

  private Object orderedDict(List<Object> arguments) {
    stack.charge(100);
    PickleDict dict = new PickleDict();
    if (!arguments.isEmpty()) {
      // As Python 2 wrote it: a list of [key, value].
      for (Object pair : list(arguments.getFirst())) {
        stack.setItems(dict, list(pair));
      }
    }
    return dict;
  }

  private Object tensor(List<Object> arguments, @Nullable TensorType dtype) {
    Object storage = argument(arguments, 0);
    if (!(storage instanceof Storage from)) {
      throw refusals.broken("its pickle has a tensor without a storage");
    }
    TensorType type = dtype == null ? from.type : dtype;
    if (type == null) {
      throw refusals.broken("its pickle has a tensor without a dtype");
    }
    int metadata = dtype == null ? 6 : 7;
    if (arguments.size() > metadata
        && arguments.get(metadata) instanceof PickleDict bits
        && !bits.values().isEmpty()) {
      throw refusals.foreign(
          "has a tensor that is a conjugate or negative view",
          "save it again after tensor.resolve_conj().resolve_neg()");
    }
    stack.charge(100);
    return new TorchTensor(
        from.bytes,
        type,
        number(argument(arguments, 1)),
        numbers(argument(arguments, 2)),
        numbers(argument(arguments, 3)));
  }

  private TensorType dtype(Object value) {
    if (value instanceof TorchGlobal.Elements elements && elements.type() != null) {
      return elements.type();
    }
    throw refusals.broken("its pickle has a tensor without a dtype");
  }

  private Object argument(List<Object> arguments, int index) {
    if (index >= arguments.size()) {
      throw refusals.broken("its pickle calls something with too few arguments");
    }
    return arguments.get(index);
  }

  private long[] numbers(Object value) {
    List<Object> values = list(value);
    if (values.size() > TensorEntry.MAX_RANK) {
      throw refusals.broken("its pickle has a tensor of " + values.size() + " dimensions");
    }
    stack.charge(16 + 8L * values.size());
    return values.stream().mapToLong(this::number).toArray();
  }

  private long number(Object value) {
    if (value instanceof Long number) {
      return number;
    }
    throw refusals.broken("its pickle has a tensor of sizes that are no whole numbers");
  }

  private List<Object> list(Object value) {
    if (value instanceof PickleList list) {
      return list.values();
    }
    throw refusals.broken("its pickle has something else where a list is due");
  }
}
