package dev.facet.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.model.ops.Activation;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a {@code config.json}. Published files leave out what equals the format's default
 * (huggingface/transformers, the configuration classes), so every size is asked for with one.
 */
public record ConfigFile(String file, JsonNode json) {
  /** How the types of one tower alone end. */
  private static final String TEXT_TYPE = "_text_model";

  private static final String VISION_TYPE = "_vision_model";

  /** What transformers calls its classes, up to the part of the model that they are of. */
  private static final Map<String, String> CLASSES =
      Map.of("CLIP", "clip", "MetaClip2", "metaclip_2", "Siglip", "siglip");

  private static final Pattern CLASS =
      Pattern.compile("(\\w+?)(Text|Vision)?Model(?:WithProjection)?");

  private static final String JOINT_WIDTH = "projection_dim";

  /**
   * What the file says that the model is: by its type, else by the class that wrote it, else by the
   * types of its sections; "none" where nothing says it.
   */
  public String modelType() {
    if (json.hasNonNull("model_type")) {
      return json.path("model_type").asText();
    }
    Matcher wrote = CLASS.matcher(writtenBy());
    if (wrote.matches() && CLASSES.containsKey(wrote.group(1))) {
      String tower = wrote.group(2);
      return CLASSES.get(wrote.group(1))
          + (tower == null ? "" : tower.equals("Text") ? TEXT_TYPE : VISION_TYPE);
    }
    String text = section("text_config").json.path("model_type").asText("");
    return text.endsWith(TEXT_TYPE) ? without(text, TEXT_TYPE) : "none";
  }

  /** The class of transformers that wrote the file; empty where nothing says it. */
  public String writtenBy() {
    return json.path("architectures").path(0).asText("");
  }

  public ConfigFile part(String key) {
    return new ConfigFile(file, json.path(key));
  }

  /**
   * The section of a tower. A file may have it twice: then the one whose name ends in {@code _dict}
   * counts, alone (huggingface/transformers, configuration_clip.py, CLIPConfig).
   */
  public ConfigFile section(String key) {
    String older = key + "_dict";
    return part(json.hasNonNull(older) ? older : key);
  }

  /** A whole number above 0. */
  public int size(String key, int usual) {
    JsonNode value = json.path(key);
    if (value.isMissingNode()) {
      return usual;
    }
    if (!SizeLimits.allow(key, value)) {
      throw wrong(key, SizeLimits.expected(key));
    }
    return value.asInt();
  }

  /** A token's id; null in the file counts as left out. */
  public int token(String key, int usual) {
    JsonNode value = json.path(key);
    if (!json.hasNonNull(key)) {
      return usual;
    }
    if (!value.isInt() || value.asInt() < 0) {
      throw wrong(key, "expected a token's id, a whole number from 0");
    }
    return value.asInt();
  }

  /** A transformer's sizes. */
  public TowerSize tower(TowerSize usual) {
    int width = size("hidden_size", usual.width());
    int heads = size("num_attention_heads", usual.heads());
    if (width % heads != 0) {
      throw FacetException.usage(
          file + ": num_attention_heads " + heads + " does not divide hidden_size " + width);
    }
    return new TowerSize(
        width,
        size("num_hidden_layers", usual.layers()),
        heads,
        size("intermediate_size", usual.mlpWidth()),
        Activation.of(json.path("hidden_act").asText(usual.activation().label())),
        eps(usual.normEps()));
  }

  private double eps(double usual) {
    String key = "layer_norm_eps";
    JsonNode value = json.path(key);
    if (!json.hasNonNull(key)) {
      return usual;
    }
    if (!value.isNumber() || !(value.asDouble() > 0) || value.asDouble() >= 1) {
      throw wrong(key, "expected a small number above 0, such as 1e-5");
    }
    return value.asDouble();
  }

  /**
   * At least one patch must fit. What is left over at the right and at the bottom is not seen, as
   * with SigLIP's patches of 14 pixels in 384.
   */
  public void requirePatches(int image, int patch) {
    if (patch > image) {
      throw FacetException.usage(
          file + ": patch_size " + patch + " is larger than image_size " + image);
    }
    if (SizeLimits.tooMany(image, patch)) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "%s: patch_size %d cuts image_size %d into more than %d patches",
              file,
              patch,
              image,
              SizeLimits.PATCHES));
    }
  }

  private FacetException wrong(String key, String expected) {
    return FacetException.usage(
        file + ": " + key + " is " + SizeLimits.shown(json.path(key)) + ", " + expected);
  }

  /**
   * The text tower's section as a file of its own.
   *
   * @param whole of a model with both towers
   * @param type what Hugging Face calls the text tower with its projection
   */
  public static ObjectNode textAlone(ObjectNode whole, String type) {
    ObjectNode text = whole.withObject("/text_config").deepCopy();
    text.putArray("architectures").add(type);
    text.put("torch_dtype", "float32");
    return text;
  }

  /** Whether this is of a text tower alone, as {@link #textAlone} and Hugging Face write it. */
  public boolean isTextAlone() {
    return modelType().endsWith(TEXT_TYPE);
  }

  /** Whether this is of an image tower alone, as Hugging Face writes it. */
  public boolean isVisionAlone() {
    return modelType().endsWith(VISION_TYPE);
  }

  /** A file of one tower alone as one of a model with both; what it lacks is as usual. */
  public ConfigFile whole() {
    if (!isTextAlone() && !isVisionAlone()) {
      return this;
    }
    ObjectNode whole = Json.LINE.createObjectNode();
    whole.put("model_type", without(modelType(), isTextAlone() ? TEXT_TYPE : VISION_TYPE));
    if (json.hasNonNull(JOINT_WIDTH)) {
      whole.set(JOINT_WIDTH, json.get(JOINT_WIDTH));
    }
    whole.set(isTextAlone() ? "text_config" : "vision_config", json);
    return new ConfigFile(file, whole);
  }

  private static String without(String type, String end) {
    return type.substring(0, type.length() - end.length());
  }

  /** Adds the section of an image tower, which lacks its {@link #put sizes} yet. */
  public static ObjectNode addVision(ObjectNode json, String type, int imageSize, int patchSize) {
    ObjectNode vision = json.putObject("vision_config");
    vision.put("model_type", type);
    vision.put("num_channels", 3);
    vision.put("image_size", imageSize);
    vision.put("patch_size", patchSize);
    return vision;
  }

  /** Adds the sizes of a tower to its section. */
  public static void put(ObjectNode json, TowerSize tower) {
    json.put("hidden_size", tower.width());
    json.put("intermediate_size", tower.mlpWidth());
    json.put("num_hidden_layers", tower.layers());
    json.put("num_attention_heads", tower.heads());
    json.put("hidden_act", tower.activation().label());
    json.put("layer_norm_eps", tower.normEps());
    json.put("attention_dropout", 0.0);
  }
}
