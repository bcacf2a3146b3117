package dev.facet.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Printable;

/**
 * How large a model a config may describe, by the names of both formats. Several times what is
 * published, and so that no weight of the model has 2^31 elements: a slip of the pen is named
 * before anything is made of that size.
 */
public final class SizeLimits {
  /** Patches of a picture, times the width. */
  public static final int PATCHES = 250_000;

  private static final int LAYERS = 1000;
  private static final int WIDTH = 8000;
  private static final int INNER = 100_000;
  private static final int VOCABULARY = 268_000;
  private static final int TOKENS = 100_000;
  private static final int PIXELS = 16_384;

  /** 3 x 288 x 288 pixels of a patch, times the width. */
  private static final int PATCH = 288;

  private SizeLimits() {}

  /** The most that a setting may be; a setting that is not known here is a width. */
  static int of(String key) {
    return switch (key) {
      case "num_hidden_layers", "layers", "depth" -> LAYERS;
      case "intermediate_size", "mlp_ratio" -> INNER;
      case "vocab_size", "queue_size" -> VOCABULARY;
      case "max_position_embeddings", "context_length", "caption_tokens" -> TOKENS;
      case "image_size", "img_size" -> PIXELS;
      case "patch_size" -> PATCH;
      default -> WIDTH;
    };
  }

  /** Whether it is a whole number from 1 to the limit. */
  static boolean allow(String key, JsonNode value) {
    return value.isInt() && value.asInt() > 0 && value.asInt() <= of(key);
  }

  static String expected(String key) {
    return "expected a positive whole number of at most " + of(key);
  }

  /** Whether a picture is cut into too many patches. */
  public static boolean tooMany(int image, int patch) {
    long side = image / patch;
    return side * side > PATCHES;
  }

  /** A value as a message shows it. */
  static String shown(JsonNode value) {
    return Printable.of(value.isTextual() ? value.asText() : value.toString());
  }
}
