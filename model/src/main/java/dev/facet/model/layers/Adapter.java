package dev.facet.model.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import dev.facet.model.ops.Ops;

/**
 * Low-rank adaptation of one linear map W (Hu et al. 2022, "LoRA: low-rank adaptation of large
 * language models", section 4.1): beside it stands {@code alpha / R * B A}.
 *
 * @param module the map's name, without {@code .weight}
 * @param down A [R, in]
 * @param up B [out, R]
 * @param dropout share of the features that A does not see in training
 */
public record Adapter(String module, Parameter down, Parameter up, double alpha, double dropout) {
  public static final String DOWN = ".lora_A.weight";
  public static final String UP = ".lora_B.weight";

  /** Whether a parameter of this name belongs to an adapter. */
  public static boolean owns(String name) {
    return name.endsWith(DOWN) || name.endsWith(UP);
  }

  /**
   * A map that adds nothing yet: B is zero, A uniform as PEFT draws it (Kaiming with a = sqrt(5);
   * huggingface/peft, tuners/lora/layer.py, reset_lora_parameters).
   */
  static Adapter beside(
      NamedBlock layer,
      String module,
      Parameter weight,
      int rank,
      double alpha,
      double dropout,
      SeededInit init) {
    long out = weight.getShape().get(0);
    long in = weight.getShape().get(1);
    SeededInit uniform = init.uniform(1 / Math.sqrt((double) in));
    return new Adapter(
        module,
        layer.weight(module + DOWN, uniform, rank, in),
        layer.weight(module + UP, init.constant(0), out, rank),
        alpha,
        dropout);
  }

  public int rank() {
    return (int) down.getShape().get(0);
  }

  /** The factor on B A. */
  double scale() {
    return alpha / rank();
  }

  void initialize(NDManager manager) {
    down.initialize(manager, DataType.FLOAT32);
    up.initialize(manager, DataType.FLOAT32);
  }

  /** The one map that does what both do together, in memory of its own. */
  public NDArray merged(NDManager scope, NDArray weight) {
    return Ops.get().merge(scope, weight, down.getArray(), up.getArray(), scale());
  }
}
