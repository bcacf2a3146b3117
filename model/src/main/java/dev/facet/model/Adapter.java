package dev.facet.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import dev.facet.model.adapt.Lora;
import dev.facet.model.ops.Ops;
import java.util.List;

/**
 * The two matrices beside one linear map: A [R, in] and B [out, R].
 *
 * @param module the map's name, without {@code .weight}
 */
record Adapter(String module, Parameter down, Parameter up, Lora lora) {
  static final String DOWN = ".lora_A.weight";
  static final String UP = ".lora_B.weight";

  /** Whether a parameter of this name belongs to an adapter. */
  static boolean owns(String name) {
    return name.endsWith(DOWN) || name.endsWith(UP);
  }

  /**
   * A map that adds nothing yet: B is zero, A uniform as PEFT draws it (Kaiming with a = sqrt(5);
   * huggingface/peft, tuners/lora/layer.py, reset_lora_parameters).
   */
  static Adapter beside(Layer layer, String module, Parameter weight, Lora lora, Init init) {
    long out = weight.getShape().get(0);
    long in = weight.getShape().get(1);
    Init uniform = init.uniform(1 / Math.sqrt((double) in));
    return new Adapter(
        module,
        layer.weight(module + DOWN, uniform, lora.rank(), in),
        layer.weight(module + UP, init.constant(0), out, lora.rank()),
        lora);
  }

  /** All of a model's. */
  static List<Adapter> of(DualEncoder model) {
    return model.towers().stream()
        .flatMap(tower -> tower.blocks().stream())
        .flatMap(block -> block.adapters().stream())
        .toList();
  }

  void initialize(NDManager manager) {
    down.initialize(manager, DataType.FLOAT32);
    up.initialize(manager, DataType.FLOAT32);
  }

  /** The one map that does what both do together, in memory of its own. */
  NDArray merged(NDManager scope, NDArray weight) {
    return Ops.get().merge(scope, weight, down.getArray(), up.getArray(), lora.scale());
  }
}
