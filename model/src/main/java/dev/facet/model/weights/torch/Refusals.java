package dev.facet.model.weights.torch;

import dev.facet.base.FacetException;
import dev.facet.model.weights.TensorEntry;
import java.nio.file.Path;

/** Why a file is not read: each one message with its cure. */
record Refusals(Path file) {
  /** The file is damaged, or made to do damage. */
  FacetException broken(String what) {
    return FacetException.run(
        file + " is not a whole torch.save checkpoint: " + what + "; copy or download it again");
  }

  /** The file is of another kind. */
  FacetException foreign(String what, String cure) {
    return FacetException.run(file + " " + what + "; " + cure);
  }

  /** The pickle names something that is not known to be data. */
  FacetException code(String name) {
    return foreign(
        "names " + shown(name) + ", which is code or unknown; Facet executes nothing from a file",
        "if you trust its origin, keep only its tensors: torch.save(model.state_dict(), f)");
  }

  static String shown(String name) {
    return TensorEntry.isName(name) ? name : "something with unprintable or too many characters";
  }
}
