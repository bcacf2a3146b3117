package dev.facet.model.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.model.Architecture;
import dev.facet.model.DualEncoder;
import dev.facet.model.ops.Recording;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.torchscript.Archive;
import dev.facet.model.torchscript.ScriptModule;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A model as two programs of their own, which any libtorch from 2.0 on runs: {@link #IMAGES} takes
 * normalised pixels [N, 3, S, S] float32, {@link #TEXTS} ids [N, T] int64, and both give unit
 * vectors [N, E] float32. Weights keep their names. {@link #FACTS} tells a caller the rest.
 */
public final class TorchScriptExport {
  public static final String IMAGES = "image_encoder.pt";
  public static final String TEXTS = "text_encoder.pt";
  public static final String FACTS = "encoders.json";

  private TorchScriptExport() {}

  /**
   * Writes the three files.
   *
   * @param preprocessing how the image encoder wants its pictures
   * @param directory exists and has none of them
   */
  public static void write(DualEncoder model, Preprocessing preprocessing, Path directory)
      throws IOException {
    Blueprint blueprint = Blueprint.of(model.config());
    try (NDManager scope = model.manager().newSubManager()) {
      Map<String, NDArray> weights = model.merged(scope);
      encoder(directory.resolve(IMAGES), "ImageEncoder", "pixels", blueprint.images(), weights);
      encoder(directory.resolve(TEXTS), "TextEncoder", "ids", blueprint.texts(), weights);
    }
    Files.writeString(
        directory.resolve(FACTS),
        Json.PRETTY.writeValueAsString(facts(model, preprocessing)) + "\n",
        StandardOpenOption.CREATE_NEW);
  }

  private static void encoder(
      Path file, String type, String input, List<Recording.Call> calls, Map<String, NDArray> arrays)
      throws IOException {
    Map<String, ScriptModule.Weight> weights = new LinkedHashMap<>();
    for (Recording.Call call : calls) {
      for (String name : call.weights()) {
        weights.put(name, weight(name, Objects.requireNonNull(arrays.get(name), name)));
      }
    }
    ModuleClasses classes = new ModuleClasses(type, weights, EncoderSource.of(type, input, calls));
    String name = file.getFileName().toString().replace(".pt", "");
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW))) {
      Archive.write(out, name, classes.module(), classes.source());
    }
  }

  private static ScriptModule.Weight weight(String name, NDArray array) {
    if (array.size() > Integer.MAX_VALUE / Float.BYTES) {
      throw FacetException.run(
          name
              + " has "
              + array.size()
              + " elements; a weight of an exported encoder stays below 2 GiB");
    }
    return new ScriptModule.Weight(
        array.getShape(), () -> array.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
  }

  private static ObjectNode facts(DualEncoder model, Preprocessing preprocessing)
      throws IOException {
    Architecture config = model.config();
    ObjectNode json = Json.PRETTY.createObjectNode();
    json.put("model_type", config.type());
    json.put("embed_dim", config.embedDim());
    json.put("logit_scale", model.logitScale());
    NDArray bias = model.weights().get("logit_bias");
    if (bias != null) {
      json.put("logit_bias", bias.toFloatArray()[0]);
    }
    ObjectNode image = json.putObject("image_encoder");
    image.put("file", IMAGES);
    image.put("image_size", config.imageSize());
    image.set("preprocessing", Json.LINE.readTree(preprocessing.toJson()));
    ObjectNode text = json.putObject("text_encoder");
    text.put("file", TEXTS);
    text.put("context_length", config.contextLength());
    text.put("vocab_size", config.vocabSize());
    text.put("pad_token_id", config.padToken());
    config.endToken().ifPresent(end -> text.put("eos_token_id", end));
    return json;
  }
}
