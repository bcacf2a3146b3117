package dev.facet.model.weights.torch;

import dev.facet.model.weights.TensorType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The only names a pickle may use. None of them is Python's object of that name: each stands for
 * what {@link TorchObjects} builds in its place.
 */
sealed interface TorchGlobal {
  /** A storage class or a dtype; null says that only the bytes are known. */
  record Elements(@Nullable TensorType type) implements TorchGlobal {}

  /** What can be called. */
  enum Call implements TorchGlobal {
    ORDERED_DICT,
    REBUILD_TENSOR,
    REBUILD_TENSOR_TYPED,
    REBUILD_PARAMETER,
    SIZE,
    /** A module of a TorchScript program: its tensors are read, its code is not. */
    MODULE,
    /** Makes a value that no tensor needs. */
    INERT
  }

  /** Where the classes of a TorchScript program live. */
  String SCRIPT = "__torch__";

  /** The meaning of {@code module.name}, or null if it is not known to be harmless. */
  static @Nullable TorchGlobal find(String module, String name) {
    boolean script = module.equals(SCRIPT) || module.startsWith(SCRIPT + ".");
    return script ? Call.MODULE : Known.NAMES.get(module + '.' + name);
  }

  /** The table, by full name. */
  final class Known {
    private static final Map<String, TorchGlobal> NAMES = new HashMap<>();

    static {
      NAMES.put("collections.OrderedDict", Call.ORDERED_DICT);
      NAMES.put("torch._utils._rebuild_tensor", Call.REBUILD_TENSOR);
      NAMES.put("torch._utils._rebuild_tensor_v2", Call.REBUILD_TENSOR);
      NAMES.put("torch._utils._rebuild_tensor_v3", Call.REBUILD_TENSOR_TYPED);
      NAMES.put("torch._utils._rebuild_parameter", Call.REBUILD_PARAMETER);
      NAMES.put("torch.Size", Call.SIZE);
      NAMES.put("torch.storage.UntypedStorage", new Elements(null));
      elements("Double", "float64", TensorType.F64);
      elements("Float", "float32", TensorType.F32);
      elements("Half", "float16", TensorType.F16);
      elements("BFloat16", "bfloat16", TensorType.BF16);
      elements("Long", "int64", TensorType.I64);
      elements("Int", "int32", TensorType.I32);
      elements("Short", "int16", TensorType.I16);
      elements("Char", "int8", TensorType.I8);
      elements("Byte", "uint8", TensorType.U8);
      elements("Bool", "bool", TensorType.BOOL);
      NAMES.put("torch.uint16", new Elements(TensorType.U16));
      NAMES.put("torch.uint32", new Elements(TensorType.U32));
      NAMES.put("torch.uint64", new Elements(TensorType.U64));
      NAMES.put("torch.float8_e4m3fn", new Elements(TensorType.F8_E4M3));
      NAMES.put("torch.float8_e5m2", new Elements(TensorType.F8_E5M2));
      // What training scripts keep beside the weights: devices, arguments, counters, random state.
      inert("torch", "device");
      inert("torch.jit._pickle", "build_intlist", "build_doublelist", "build_boollist");
      inert("torch.jit._pickle", "build_tensorlist", "restore_type_tag");
      inert("collections", "Counter", "defaultdict");
      inert("argparse", "Namespace");
      inert("_codecs", "encode");
      inert("numpy", "dtype", "ndarray");
      inert("numpy.core.multiarray", "scalar", "_reconstruct");
      inert("numpy._core.multiarray", "scalar", "_reconstruct");
      for (String module : new String[] {"builtins", "__builtin__"}) {
        inert(module, "set", "frozenset", "bytearray", "complex");
      }
    }

    private Known() {}

    private static void elements(String storage, String dtype, TensorType type) {
      NAMES.put("torch." + storage + "Storage", new Elements(type));
      NAMES.put("torch." + dtype, new Elements(type));
    }

    private static void inert(String module, String... names) {
      for (String name : names) {
        NAMES.put(module + '.' + name, Call.INERT);
      }
    }
  }
}
