package dev.facet.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.model.ops.Activation;

/**
 * A part of a {@code config.json}. Published files leave out what equals the format's default
 * (huggingface/transformers, the configuration classes), so every size is asked for with one.
 */
record ConfigFile(String file, JsonNode json) {
  ConfigFile part(String key) {
    return new ConfigFile(file, json.path(key));
  }

  /** A whole number above 0. */
  int size(String key, int usual) {
    JsonNode value = json.path(key);
    if (value.isMissingNode()) {
      return usual;
    }
    if (!value.isInt() || value.asInt() <= 0) {
      throw FacetException.usage(
          file + ": " + key + " is " + value + ", expected a positive whole number");
    }
    return value.asInt();
  }

  /** A token's id; null in the file counts as left out. */
  int token(String key, int usual) {
    return json.path(key).asInt(usual);
  }

  /** A transformer's sizes. */
  Tower tower(Tower usual) {
    int width = size("hidden_size", usual.width());
    int heads = size("num_attention_heads", usual.heads());
    if (width % heads != 0) {
      throw FacetException.usage(
          file + ": num_attention_heads " + heads + " does not divide hidden_size " + width);
    }
    return new Tower(
        width,
        size("num_hidden_layers", usual.layers()),
        heads,
        size("intermediate_size", usual.mlpWidth()),
        Activation.of(json.path("hidden_act").asText(usual.activation().label())),
        json.path("layer_norm_eps").asDouble(usual.normEps()));
  }

  /**
   * At least one patch must fit. What is left over at the right and at the bottom is not seen, as
   * with SigLIP's patches of 14 pixels in 384.
   */
  void requirePatches(int image, int patch) {
    if (patch > image) {
      throw FacetException.usage(
          file + ": patch_size " + patch + " is larger than image_size " + image);
    }
  }

  static void put(ObjectNode json, Tower tower) {
    json.put("hidden_size", tower.width());
    json.put("intermediate_size", tower.mlpWidth());
    json.put("num_hidden_layers", tower.layers());
    json.put("num_attention_heads", tower.heads());
    json.put("hidden_act", tower.activation().label());
    json.put("layer_norm_eps", tower.normEps());
    json.put("attention_dropout", 0.0);
  }
}
