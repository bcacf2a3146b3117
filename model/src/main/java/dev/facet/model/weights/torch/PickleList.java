package dev.facet.model.weights.torch;

import java.util.List;

/** A Python list or tuple; compared by identity, because a list may hold itself. */
final class PickleList {
  private final List<Object> values;

  PickleList(List<Object> values) {
    this.values = values;
  }

  List<Object> values() {
    return values;
  }
}
