package dev.facet.model.weights.torch;

import dev.facet.model.weights.TensorEntry;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A module of a TorchScript program: what it holds by name, among it tensors and other modules. Of
 * its code nothing is read. Compared by identity, because a module may hold itself.
 */
final class PickleModule {
  /** Modules in modules; those of the field have some ten. */
  private static final int DEEPEST = 64;

  private final Map<String, Object> held = new LinkedHashMap<>();

  /** What the pickle sets as the module's state. */
  void set(PickleDict state) {
    held.putAll(state.values());
  }

  /** The tensors of this module and of those in it, as its {@code state_dict()} names them. */
  Map<String, TorchTensor> tensors(Refusals refusals) {
    Map<String, TorchTensor> tensors = new LinkedHashMap<>();
    collect("", 0, Collections.newSetFromMap(new IdentityHashMap<>()), tensors, refusals);
    return tensors;
  }

  /** A module that is there twice is read once, so as many steps are made as there are values. */
  private void collect(
      String prefix,
      int depth,
      Set<PickleModule> seen,
      Map<String, TorchTensor> tensors,
      Refusals refusals) {
    if (depth > DEEPEST || tensors.size() > TensorEntry.MAX_TENSORS) {
      throw refusals.broken("its modules nest too deep or hold too many tensors");
    }
    if (!seen.add(this)) {
      return;
    }
    for (Map.Entry<String, Object> each : held.entrySet()) {
      String name = prefix + each.getKey();
      if (each.getValue() instanceof TorchTensor tensor) {
        tensors.put(name, tensor);
      } else if (each.getValue() instanceof PickleModule inner) {
        inner.collect(name + ".", depth + 1, seen, tensors, refusals);
      }
    }
  }
}
