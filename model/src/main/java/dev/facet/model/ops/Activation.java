package dev.facet.model.ops;

import dev.facet.base.FacetException;
import dev.facet.base.Printable;

/** The non-linearity between a block's two linear maps. Codes as in {@code ops.py}. */
public enum Activation {
  /** {@code x * sigmoid(1.702 x)}, OpenAI CLIP's. */
  QUICK_GELU("quick_gelu", 0),
  /** The exact Gaussian error linear unit (Hendrycks and Gimpel 2016). */
  GELU("gelu", 1),
  /** Its tanh approximation. */
  GELU_TANH("gelu_pytorch_tanh", 2);

  private final String label;
  private final int code;

  Activation(String label, int code) {
    this.label = label;
    this.code = code;
  }

  /** The name in Hugging Face configs. */
  public String label() {
    return label;
  }

  int code() {
    return code;
  }

  public static Activation of(String label) {
    for (Activation each : values()) {
      if (each.label.equals(label)) {
        return each;
      }
    }
    throw FacetException.usage(
        "hidden_act: "
            + Printable.of(label)
            + " is not known; known are quick_gelu, gelu, gelu_pytorch_tanh");
  }
}
