package dev.facet.model.adapt;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.model.DualEncoder;
import dev.facet.model.layers.Adapter;
import dev.facet.model.tensors.FolderContent;
import dev.facet.model.tensors.TensorFile;
import dev.facet.model.weights.TensorType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a model's adapters have learned, small, in the layout of Hugging Face's PEFT: a folder
 * {@value #NAME} within the model's. It is apart because programs that know PEFT apply adapters
 * that lie beside weights, while others do not see them; the weights themselves hold the adapters,
 * so that both get the same model.
 */
public final class AdapterFolder {
  public static final String NAME = "adapter";
  public static final String WEIGHTS = "adapter_model.safetensors";
  public static final String CONFIG = "adapter_config.json";

  /** The matrices under the adapters, as they were before; only to go on training. */
  private static final String BASE = "base.safetensors";

  /** PEFT's names of things within the model that it wraps. */
  private static final String PREFIX = "base_model.model.";

  private static final String WEIGHT = ".weight";
  private static final String IN = NAME + "/";

  private AdapterFolder() {}

  /** Adds the folder to the model's if that has adapters. */
  public static void add(DualEncoder model, FolderContent content) throws IOException {
    List<Adapter> adapters = model.adapters();
    if (!adapters.isEmpty()) {
      Set<String> whole = trainedModules(model);
      content
          .arrays(IN + WEIGHTS, arrays(model, whole), TensorType.F32, Map.of("format", "pt"))
          .text(IN + CONFIG, Json.PRETTY.writeValueAsString(config(adapters, whole)) + "\n");
    }
  }

  /** Adds what training needs to go on to the bit: sums cannot be taken apart again. */
  public static void addBase(DualEncoder model, FolderContent content) {
    Map<String, NDArray> base = base(model);
    if (!base.isEmpty()) {
      content.arrays(IN + BASE, base, TensorType.F32, Map.of());
    }
  }

  /** Reads adapters and the matrices under them in place, after the weights. */
  public static void restore(DualEncoder model, Path directory) throws IOException {
    if (!model.adapters().isEmpty()) {
      Path folder = directory.resolve(NAME);
      TensorFile.read(folder.resolve(BASE), base(model));
      TensorFile.read(folder.resolve(WEIGHTS), arrays(model, trainedModules(model)));
    }
  }

  /** The adapters, and all of these modules. */
  private static Map<String, NDArray> arrays(DualEncoder model, Set<String> whole) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    for (Adapter adapter : model.adapters()) {
      arrays.put(PREFIX + adapter.module() + Adapter.DOWN, adapter.down().getArray());
      arrays.put(PREFIX + adapter.module() + Adapter.UP, adapter.up().getArray());
    }
    model
        .weights()
        .forEach(
            (name, weight) -> {
              if (whole.contains(module(name))) {
                arrays.put(PREFIX + name, weight);
              }
            });
    return arrays;
  }

  private static Map<String, NDArray> base(DualEncoder model) {
    Map<String, NDArray> base = model.weights();
    Set<String> adapted = new TreeSet<>();
    model.adapters().forEach(each -> adapted.add(each.module() + WEIGHT));
    base.keySet().retainAll(adapted);
    return base;
  }

  /** Modules that learn beside the adapters. Weights outside of any are in the whole model only. */
  private static Set<String> trainedModules(DualEncoder model) {
    Set<String> modules = new TreeSet<>();
    for (String name : model.trained().keySet()) {
      if (!Adapter.owns(name) && !module(name).isEmpty()) {
        modules.add(module(name));
      }
    }
    return modules;
  }

  /** The module of a weight or bias; empty for a weight that stands alone. */
  private static String module(String name) {
    return name.endsWith(WEIGHT) || name.endsWith(".bias")
        ? name.substring(0, name.lastIndexOf('.'))
        : "";
  }

  private static ObjectNode config(List<Adapter> adapters, Set<String> whole) {
    ObjectNode config = Json.PRETTY.createObjectNode();
    config.put("peft_type", "LORA");
    config.putNull("task_type");
    config.putNull("base_model_name_or_path");
    config.put("inference_mode", true);
    config.put("r", adapters.getFirst().rank());
    double alpha = adapters.getFirst().alpha();
    if (alpha == Math.rint(alpha)) {
      config.put("lora_alpha", (long) alpha);
    } else {
      config.put("lora_alpha", alpha);
    }
    config.put("lora_dropout", adapters.getFirst().dropout());
    config.put("bias", "none");
    ArrayNode targets = config.putArray("target_modules");
    adapters.forEach(each -> targets.add(each.module()));
    if (!whole.isEmpty()) {
      whole.forEach(config.putArray("modules_to_save")::add);
    }
    return config;
  }
}
