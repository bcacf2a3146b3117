package dev.facet.model.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.facet.model.Architecture;
import dev.facet.model.names.NameRule;
import dev.facet.model.names.OpenClipNames;
import dev.facet.model.ops.Ops;
import dev.facet.model.tensors.StoredWeight;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.Weights;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From a file's names to the model's: as they are, or by a table of rules. */
final class WeightNames {
  /**
   * What may stand before all names: of a model that was trained on several devices, that was
   * compiled, or that was a part of a training program's (Lightning's, and others' {@code clip}).
   */
  private static final List<String> WRAPPERS = List.of("module.", "_orig_mod.", "model.", "clip.");

  /** What OpenAI's files hold beside weights. */
  private static final Set<String> NUMBERS =
      Set.of("input_resolution", "context_length", "vocab_size", "attn_mask");

  private final List<NameRule> rules;

  private WeightNames(List<NameRule> rules) {
    this.rules = rules;
  }

  /** The naming that these weights have, whatever the config beside them is called. */
  static WeightNames of(Architecture config, Weights weights) {
    Collection<String> names = unwrapped(weights).keySet();
    boolean openClip = names.stream().anyMatch(name -> name.startsWith("visual."));
    boolean apart = names.stream().anyMatch(name -> name.startsWith(OpenClipNames.TEXT_PREFIX));
    return new WeightNames(openClip ? openClip(config, apart) : List.of());
  }

  /** OpenCLIP's names of an architecture's weights; none for one that it has not. */
  static List<NameRule> openClip(Architecture config, boolean apart) {
    return config.openClip().map(form -> form.names(apart)).orElse(List.of());
  }

  /** All tensors by the model's names; what no rule knows keeps its own. */
  Map<String, StoredWeight> incoming(Weights weights) {
    Map<String, TensorEntry> left = unwrapped(weights);
    left.keySet().removeIf(WeightNames::isBuffer);
    Map<String, StoredWeight> incoming = new LinkedHashMap<>();
    for (NameRule rule : rules) {
      List<TensorEntry> theirs = new ArrayList<>();
      rule.theirs().stream().filter(left::containsKey).map(left::get).forEach(theirs::add);
      if (theirs.size() == rule.theirs().size()) {
        left.keySet().removeAll(rule.theirs());
        read(rule, theirs, incoming);
      }
    }
    left.forEach((name, entry) -> incoming.put(name, StoredWeight.of(entry)));
    return incoming;
  }

  /** What a weight is called in the file, where that is not the model's name. */
  Map<String, String> theirNames() {
    Map<String, String> names = new HashMap<>();
    for (NameRule rule : rules) {
      rule.ours().forEach(ours -> names.put(ours, String.join(" and ", rule.theirs())));
    }
    return names;
  }

  private static void read(
      NameRule rule, List<TensorEntry> theirs, Map<String, StoredWeight> into) {
    TensorEntry entry = theirs.getFirst();
    StoredWeight first = StoredWeight.of(entry);
    long[] shape = entry.shape();
    String ours = rule.ours().getFirst();
    switch (rule.form()) {
      case SAME -> into.put(ours, first);
      case TRANSPOSED ->
          into.put(
              ours,
              shape.length == 2
                  ? first.changed(new Shape(shape[1], shape[0]), Ops.get()::transposed)
                  : first);
      case SCALAR -> into.put(ours, entry.elements() == 1 ? shaped(entry) : first);
      case SINGLE -> into.put(ours, entry.elements() == 1 ? shaped(entry, 1) : first);
      case LEADING_ONE ->
          into.put(
              ours, shape.length == 3 && shape[0] == 1 ? shaped(entry, shape[1], shape[2]) : first);
      case FUSED -> {
        int parts = rule.ours().size();
        for (int part = 0; part < parts; part++) {
          boolean whole = shape.length > 0 && shape[0] % parts == 0;
          into.put(rule.ours().get(part), whole ? part(entry, part, parts) : first);
        }
      }
      case QUERY_APART -> into.put(ours, joined(entry, theirs.get(1)));
    }
  }

  /** The same elements in another shape. */
  private static StoredWeight shaped(TensorEntry entry, long... shape) {
    return StoredWeight.of(new TensorEntry(entry.name(), entry.type(), shape, entry.data()));
  }

  /** One of several equal runs of rows. */
  private static StoredWeight part(TensorEntry entry, int part, int parts) {
    long[] shape = entry.shape().clone();
    shape[0] /= parts;
    long bytes = entry.data().byteSize() / parts;
    return StoredWeight.of(
        new TensorEntry(
            entry.name(), entry.type(), shape, entry.data().asSlice(part * bytes, bytes)));
  }

  /** The rows of one, then those of the other. */
  private static StoredWeight joined(TensorEntry upper, TensorEntry lower) {
    StoredWeight first = StoredWeight.of(upper);
    long[] shape = upper.shape().clone();
    if (shape.length == 0 || lower.shape().length != shape.length) {
      return first;
    }
    shape[0] += lower.shape()[0];
    for (int i = 1; i < shape.length; i++) {
      if (lower.shape()[i] != shape[i]) {
        return first;
      }
    }
    StoredWeight second = StoredWeight.of(lower);
    return new StoredWeight(
        upper.name() + " and " + lower.name(),
        new Shape(shape),
        upper.type() == lower.type() || lower.type().isFloat() ? upper.type() : lower.type(),
        manager -> {
          try (NDManager scope = manager.newSubManager()) {
            NDList rows = new NDList(first.read().apply(scope), second.read().apply(scope));
            NDArray all = Ops.inference(() -> NDArrays.concat(rows, 0));
            all.attach(manager);
            return all;
          }
        });
  }

  /** All tensors in the file's order, without the wrappers that all names have. */
  static Map<String, TensorEntry> unwrapped(Weights weights) {
    int wrapped = wrapping(weights.tensors().keySet());
    Map<String, TensorEntry> tensors = new LinkedHashMap<>();
    weights.tensors().forEach((name, entry) -> tensors.put(name.substring(wrapped), entry));
    return tensors;
  }

  /** How many letters of wrappers, one in the other, begin every name. */
  private static int wrapping(Set<String> names) {
    int length = 0;
    boolean found = !names.isEmpty();
    while (found) {
      found = false;
      for (String wrapper : WRAPPERS) {
        int before = length;
        if (names.stream().allMatch(name -> name.startsWith(wrapper, before))) {
          length += wrapper.length();
          found = true;
        }
      }
    }
    return length;
  }

  /** Whether a tensor is no weight: a table of places, a mask, a count. */
  private static boolean isBuffer(String name) {
    return NUMBERS.contains(name)
        || name.endsWith("position_ids")
        || name.endsWith(".attn_mask")
        || name.endsWith(".num_batches_tracked");
  }
}
