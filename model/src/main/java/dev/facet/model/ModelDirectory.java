package dev.facet.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.model.ops.Ops;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.Weights;
import dev.facet.model.weights.safetensors.SafetensorsFile;
import dev.facet.model.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A model as a folder in Hugging Face's layout: {@code config.json} and {@code model.safetensors}
 * under the names other tools use.
 */
public final class ModelDirectory {
  public static final String CONFIG = "config.json";
  public static final String WEIGHTS = "model.safetensors";

  private ModelDirectory() {}

  /** Reads the sizes only. */
  public static Architecture config(Path directory) throws IOException {
    Path file = directory.resolve(CONFIG);
    if (!Files.isRegularFile(file)) {
      throw FacetException.usage(
          directory
              + " is not a model folder: it has no "
              + CONFIG
              + "; give a checkpoint folder, such as RUN/checkpoints/best");
    }
    JsonNode json = Json.read(file, JsonNode.class);
    return Architecture.fromJson(file.toString(), json);
  }

  /**
   * Opens a model. Weights that are missing, unknown or of another shape are all named in one
   * message.
   */
  public static DualEncoder open(Path directory, ModelOptions options) throws IOException {
    Architecture config = config(directory);
    Integer size = options.imageSize();
    return start(
        size == null ? config : config.withImageSize(size),
        InitialWeights.of(directory),
        options,
        note -> {});
  }

  /**
   * Makes a model that starts from other models' weights. Position embeddings of another image size
   * are resized; projections into a joint space of another width are drawn.
   *
   * @param note told what was drawn although a folder was to give it, and what was ignored
   */
  public static DualEncoder start(
      Architecture sizes, InitialWeights from, ModelOptions options, Consumer<String> note)
      throws IOException {
    DualEncoder model = DualEncoder.declare(sizes, options);
    try {
      Map<Path, List<Parameter>> parts = from.parts(model);
      for (Map.Entry<Path, List<Parameter>> part : parts.entrySet()) {
        fill(model, part.getKey(), part.getValue(), from.strict(), note);
      }
      if (!parts.isEmpty()) {
        model.towers().forEach(Encoder::noteDrawn);
      }
      model.initialize();
      return model;
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static void fill(
      DualEncoder model,
      Path directory,
      List<Parameter> wanted,
      boolean strict,
      Consumer<String> note)
      throws IOException {
    List<Parameter> newHeads = new ArrayList<>();
    if (config(directory).embedDim() != model.config().embedDim()) {
      model.towers().forEach(tower -> newHeads.addAll(tower.projection()));
    }
    boolean whole = wanted.size() == model.getParameters().size();
    try (Weights weights = SafetensorsFile.open(directory.resolve(WEIGHTS))) {
      Map<String, Incoming> incoming = new LinkedHashMap<>();
      weights.tensors().forEach((name, entry) -> incoming.put(name, Incoming.of(entry)));
      Positions.fit(model.vision(), model.config(), incoming);
      Fitting fitting = new Fitting(wanted, incoming);
      fitting.without(newHeads, note).compare(whole);
      if (strict) {
        fitting.require(directory);
      } else {
        fitting.tell(directory, note);
      }
      fitting.fill(model.manager());
    }
  }

  /**
   * Writes config and weights into an existing folder. Adapters are part of the weights, and beside
   * them as well; see {@link AdapterFolder}.
   */
  public static void write(DualEncoder model, Path directory) throws IOException {
    Files.writeString(
        directory.resolve(CONFIG), Json.PRETTY.writeValueAsString(model.config().toJson()) + "\n");
    // Some readers look for this before they trust the layout.
    try (NDManager scope = model.manager().newSubManager()) {
      writeTensors(directory.resolve(WEIGHTS), model.merged(scope), Map.of("format", "pt"));
    }
    AdapterFolder.write(model, directory);
  }

  /** Writes float32 arrays under these names. */
  public static void writeTensors(
      Path file, Map<String, NDArray> arrays, Map<String, String> metadata) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    metadata.forEach(writer::metadata);
    arrays.forEach(
        (name, array) ->
            writer.add(name, TensorType.F32, array.getShape().getShape(), () -> bytes(array)));
    writer.write(file);
  }

  /** Reads float32 arrays in place; names and shapes must be the same. */
  public static void readTensors(Path file, Map<String, NDArray> arrays) throws IOException {
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      for (Map.Entry<String, NDArray> each : arrays.entrySet()) {
        TensorEntry entry = tensors.tensors().get(each.getKey());
        if (entry == null || !new Shape(entry.shape()).equals(each.getValue().getShape())) {
          throw FacetException.run(
              file
                  + " does not fit this model: "
                  + each.getKey()
                  + " is "
                  + (entry == null ? "missing" : "of shape " + Arrays.toString(entry.shape())));
        }
        try (NDManager scope = each.getValue().getManager().newSubManager()) {
          Ops.get().assign(each.getValue(), Incoming.view(scope, entry));
        }
      }
    }
  }

  private static ByteBuffer bytes(NDArray array) {
    return array.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }
}
