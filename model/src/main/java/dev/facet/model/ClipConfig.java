package dev.facet.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.model.ops.Activation;

/**
 * Every size of a CLIP dual encoder (Radford et al. 2021, "Learning transferable visual models from
 * natural language supervision", section 2.4); read from and written as Hugging Face's {@code
 * config.json}.
 *
 * @param embedDim width of the joint space
 * @param imageSize side of the square input, in pixels
 * @param patchSize side of a patch; divides the image size
 * @param contextLength tokens per caption, with start and end
 * @param eosToken id whose first occurrence gives the text feature
 * @param normEps epsilon of every layer normalisation
 */
public record ClipConfig(
    int embedDim,
    int imageSize,
    int patchSize,
    Tower vision,
    int vocabSize,
    int contextLength,
    int bosToken,
    int eosToken,
    int padToken,
    Tower text,
    Activation activation,
    double normEps) {

  /**
   * Published configs with CLIP's own vocabulary say 2 here, by an old mistake, while their
   * tokenizer's end is the last id.
   */
  private static final int LEGACY_EOS = 2;

  private static final int CLIP_VOCABULARY = 49_408;

  /** Positions of the vision tower: the patches and the class token. */
  public int visionLength() {
    int side = imageSize / patchSize;
    return side * side + 1;
  }

  /**
   * Reads a Hugging Face {@code config.json}; a file of another architecture is refused by name.
   */
  public static ClipConfig fromJson(String file, JsonNode json) {
    String type = json.path("model_type").asText("none");
    if (!type.equals("clip")) {
      throw FacetException.usage(
          file + ": model_type is " + type + ", but only clip checkpoints can be opened");
    }
    JsonNode vision = json.path("vision_config");
    JsonNode text = json.path("text_config");
    int vocab = integer(file, text, "vocab_size");
    int eos = text.path("eos_token_id").asInt(vocab - 1);
    boolean legacy = eos == LEGACY_EOS && vocab == CLIP_VOCABULARY;
    return new ClipConfig(
        integer(file, json, "projection_dim"),
        integer(file, vision, "image_size"),
        integer(file, vision, "patch_size"),
        tower(file, vision),
        vocab,
        integer(file, text, "max_position_embeddings"),
        legacy ? vocab - 2 : text.path("bos_token_id").asInt(vocab - 2),
        legacy ? vocab - 1 : eos,
        legacy ? vocab - 1 : text.path("pad_token_id").asInt(0),
        tower(file, text),
        Activation.of(vision.path("hidden_act").asText("quick_gelu")),
        vision.path("layer_norm_eps").asDouble(1e-5));
  }

  public ObjectNode toJson() {
    ObjectNode json = Json.PRETTY.createObjectNode();
    json.putArray("architectures").add("CLIPModel");
    json.put("model_type", "clip");
    json.put("projection_dim", embedDim);
    json.put("logit_scale_init_value", 2.6592);
    json.put("initializer_factor", 1.0);
    json.put("torch_dtype", "float32");
    ObjectNode textJson = json.putObject("text_config");
    textJson.put("model_type", "clip_text_model");
    textJson.put("vocab_size", vocabSize);
    textJson.put("max_position_embeddings", contextLength);
    textJson.put("bos_token_id", bosToken);
    textJson.put("eos_token_id", eosToken);
    textJson.put("pad_token_id", padToken);
    put(textJson, text);
    ObjectNode visionJson = json.putObject("vision_config");
    visionJson.put("model_type", "clip_vision_model");
    visionJson.put("num_channels", 3);
    visionJson.put("image_size", imageSize);
    visionJson.put("patch_size", patchSize);
    put(visionJson, vision);
    return json;
  }

  private void put(ObjectNode json, Tower tower) {
    json.put("hidden_size", tower.width());
    json.put("intermediate_size", tower.mlpWidth());
    json.put("num_hidden_layers", tower.layers());
    json.put("num_attention_heads", tower.heads());
    json.put("projection_dim", embedDim);
    json.put("hidden_act", activation.label());
    json.put("layer_norm_eps", normEps);
    json.put("attention_dropout", 0.0);
  }

  private static Tower tower(String file, JsonNode json) {
    int width = integer(file, json, "hidden_size");
    int heads = integer(file, json, "num_attention_heads");
    if (width % heads != 0) {
      throw FacetException.usage(
          file + ": num_attention_heads " + heads + " does not divide hidden_size " + width);
    }
    return new Tower(
        width,
        integer(file, json, "num_hidden_layers"),
        heads,
        integer(file, json, "intermediate_size"));
  }

  private static int integer(String file, JsonNode json, String key) {
    JsonNode value = json.path(key);
    if (!value.isInt() || value.asInt() <= 0) {
      throw FacetException.usage(
          file + ": " + key + " is " + value + ", expected a positive whole number");
    }
    return value.asInt();
  }
}
