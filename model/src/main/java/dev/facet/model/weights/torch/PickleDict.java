package dev.facet.model.weights.torch;

import java.util.LinkedHashMap;
import java.util.Map;

/** The named values of a Python dict; compared by identity, because a dict may hold itself. */
final class PickleDict {
  private final Map<String, Object> values = new LinkedHashMap<>();

  Map<String, Object> values() {
    return values;
  }
}
