package dev.facet.model.ops;

import dev.facet.base.FacetException;
import dev.facet.base.Printable;
import java.util.List;

/** The non-linearity between a block's two linear maps. */
public enum Activation {
  /** {@code x * sigmoid(1.702 x)}, OpenAI CLIP's. */
  QUICK_GELU("quick_gelu", 0),
  /** The exact Gaussian error linear unit (Hendrycks and Gimpel 2016). */
  GELU("gelu", 1, "gelu_python"),
  /** Its tanh approximation. */
  GELU_TANH("gelu_pytorch_tanh", 2, "gelu_new", "gelu_fast", "gelu_accurate", "gelu_python_tanh");

  private final String label;

  /** What stands for it in the {@code .py} files. */
  private final int code;

  private final List<String> otherNames;

  /**
   * A function.
   *
   * @param otherNames of the same formula, computed by other code (huggingface/transformers,
   *     activations.py)
   */
  Activation(String label, int code, String... otherNames) {
    this.label = label;
    this.code = code;
    this.otherNames = List.of(otherNames);
  }

  /** The name in Hugging Face configs, in those that are written. */
  public String label() {
    return label;
  }

  int code() {
    return code;
  }

  /** The one with that code. */
  public static Activation ofCode(long code) {
    return values()[(int) code];
  }

  /**
   * The function of that name.
   *
   * @throws FacetException usage, if a model with it would be computed as another, as gelu_10,
   *     which cuts values off
   */
  public static Activation of(String label) {
    for (Activation each : values()) {
      if (each.label.equals(label) || each.otherNames.contains(label)) {
        return each;
      }
    }
    throw FacetException.usage(
        "hidden_act: "
            + Printable.of(label)
            + " is not known; known are quick_gelu, gelu, gelu_pytorch_tanh and the other names of the last two");
  }
}
