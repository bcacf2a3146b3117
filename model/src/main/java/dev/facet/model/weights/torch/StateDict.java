package dev.facet.model.weights.torch;

import dev.facet.base.FacetException;
import dev.facet.model.weights.TensorEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the tensors of a model in what a training script saved. */
final class StateDict {
  private static final List<String> PLACES =
      List.of("model", "state_dict", "model_state_dict", "module");

  /** What DistributedDataParallel puts before every name. */
  private static final String REPLICA = "module.";

  private StateDict() {}

  /** The model's tensors by name: at the top level, or under one of the usual names. */
  static Map<String, TorchTensor> find(Object root, Refusals refusals) {
    if (root instanceof PickleModule program) {
      Map<String, TorchTensor> tensors = program.tensors(refusals);
      if (tensors.isEmpty()) {
        throw unfit(refusals, "is a program that holds no tensors");
      }
      check(tensors, refusals);
      return tensors;
    }
    if (!(root instanceof PickleDict top)) {
      throw unfit(refusals, "holds no dict");
    }
    PickleDict dict = top;
    for (String place : PLACES) {
      if (top.values().get(place) instanceof PickleDict inside) {
        dict = inside;
        break;
      }
    }
    Map<String, TorchTensor> tensors = new LinkedHashMap<>();
    // What else is among the weights are plain numbers, which no architecture asks for.
    dict.values()
        .forEach(
            (name, value) -> {
              if (value instanceof TorchTensor tensor) {
                tensors.put(name, tensor);
              }
            });
    if (tensors.isEmpty()) {
      throw unfit(refusals, "holds no tensors by name; at its top are " + some(top));
    }
    check(tensors, refusals);
    return tensors.keySet().stream().allMatch(name -> name.startsWith(REPLICA))
        ? withoutPrefix(tensors)
        : tensors;
  }

  private static void check(Map<String, TorchTensor> tensors, Refusals refusals) {
    if (tensors.size() > TensorEntry.MAX_TENSORS) {
      throw refusals.broken("it holds more than " + TensorEntry.MAX_TENSORS + " tensors");
    }
    for (String name : tensors.keySet()) {
      if (!TensorEntry.isName(name)) {
        throw refusals.broken(
            "it names a tensor with control characters or " + name.length() + " letters");
      }
    }
  }

  private static Map<String, TorchTensor> withoutPrefix(Map<String, TorchTensor> tensors) {
    Map<String, TorchTensor> shorter = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shorter.put(name.substring(REPLICA.length()), tensor));
    return shorter;
  }

  private static String some(PickleDict dict) {
    List<String> names =
        dict.values().keySet().stream().filter(TensorEntry::isName).limit(10).toList();
    return names.isEmpty() ? "no names" : String.join(", ", names);
  }

  private static FacetException unfit(Refusals refusals, String what) {
    return refusals.foreign(
        what,
        "save a state dict, plain or under "
            + String.join(", ", PLACES)
            + ": torch.save(model.state_dict(), f)");
  }
}
