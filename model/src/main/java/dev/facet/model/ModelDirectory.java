package dev.facet.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.model.ops.Ops;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.WeightFiles;
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
import java.util.Objects;

/**
 * A model as a folder in Hugging Face's layout: {@code config.json} and {@code model.safetensors}
 * under the names other tools use.
 */
public final class ModelDirectory {
  public static final String CONFIG = "config.json";
  public static final String WEIGHTS = "model.safetensors";

  private ModelDirectory() {}

  /** The file that gives the sizes; where FLIP's authors' two are, the first of them. */
  private static Path configFile(Path directory) {
    Path file = directory.resolve(CONFIG);
    return !Files.exists(file) && FlipConfig.isIn(directory)
        ? directory.resolve(FlipConfig.VISION)
        : file;
  }

  /** Reads the sizes only. */
  public static Architecture config(Path directory) throws IOException {
    Path file = configFile(directory);
    if (file.endsWith(FlipConfig.VISION)) {
      try (Weights weights = WeightFiles.open(directory)) {
        return FlipConfig.read(directory, weights);
      }
    }
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
    DualEncoder model =
        DualEncoder.declare(size == null ? config : config.withImageSize(size), options);
    try (Weights weights = WeightFiles.open(directory)) {
      Map<String, Incoming> incoming = new LinkedHashMap<>();
      weights.tensors().forEach((name, entry) -> incoming.put(name, Incoming.of(entry)));
      Positions.fit(model.vision(), model.config(), incoming);
      compare(weights.file(), configFile(directory), model, incoming);
      for (Parameter parameter : model.getParameters().values()) {
        Incoming found = Objects.requireNonNull(incoming.get(parameter.getName()));
        parameter.setInitializer((manager, shape, type) -> found.read().apply(manager));
      }
      model.initialize();
      return model;
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** Writes config and weights into an existing folder. */
  public static void write(DualEncoder model, Path directory) throws IOException {
    Files.writeString(
        directory.resolve(CONFIG), Json.PRETTY.writeValueAsString(model.config().toJson()) + "\n");
    // Some readers look for this before they trust the layout.
    writeTensors(directory.resolve(WEIGHTS), model.weights(), Map.of("format", "pt"));
  }

  /** Writes float32 and int64 arrays under these names. */
  public static void writeTensors(
      Path file, Map<String, NDArray> arrays, Map<String, String> metadata) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    metadata.forEach(writer::metadata);
    arrays.forEach(
        (name, array) ->
            writer.add(name, type(array), array.getShape().getShape(), () -> bytes(array)));
    writer.write(file);
  }

  /** Reads such arrays in place; names, types and shapes must be the same. */
  public static void readTensors(Path file, Map<String, NDArray> arrays) throws IOException {
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      for (Map.Entry<String, NDArray> each : arrays.entrySet()) {
        TensorEntry entry = tensors.tensors().get(each.getKey());
        if (entry == null
            || entry.type() != type(each.getValue())
            || !new Shape(entry.shape()).equals(each.getValue().getShape())) {
          throw FacetException.run(
              file
                  + " does not fit this model: "
                  + each.getKey()
                  + " is "
                  + (entry == null
                      ? "missing"
                      : entry.type() + " of shape " + Arrays.toString(entry.shape())));
        }
        try (NDManager scope = each.getValue().getManager().newSubManager()) {
          Ops.get().assign(each.getValue(), Incoming.view(scope, entry));
        }
      }
    }
  }

  private static TensorType type(NDArray array) {
    return array.getDataType() == DataType.INT64 ? TensorType.I64 : TensorType.F32;
  }

  private static ByteBuffer bytes(NDArray array) {
    return array.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void compare(
      Path weights, Path config, DualEncoder model, Map<String, Incoming> found) {
    List<String> problems = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (Parameter parameter : model.getParameters().values()) {
      known.add(parameter.getName());
      Incoming entry = found.get(parameter.getName());
      Shape expected = parameter.getShape();
      if (entry == null) {
        problems.add(parameter.getName() + ": missing, expected " + expected);
      } else if (!entry.shape().equals(expected)) {
        problems.add(parameter.getName() + ": found " + entry.shape() + ", expected " + expected);
      } else if (model.typeOf(parameter.getName()) == TensorType.I64) {
        if (entry.type() != TensorType.I64) {
          problems.add(parameter.getName() + ": found " + entry.type() + ", expected I64");
        }
      } else if (!entry.type().isFloat()) {
        problems.add(
            parameter.getName() + ": found " + entry.type() + ", expected F32, F16 or BF16");
      }
    }
    for (String name : found.keySet()) {
      // Published checkpoints carry two buffers of position numbers, which are no weights.
      if (!known.contains(name) && !name.endsWith(".position_ids")) {
        problems.add(name + ": not part of this architecture");
      }
    }
    if (!problems.isEmpty()) {
      throw FacetException.usage(
          weights + " does not fit " + config + ":\n  " + String.join("\n  ", problems));
    }
  }
}
