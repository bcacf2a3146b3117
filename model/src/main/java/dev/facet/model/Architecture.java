package dev.facet.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Printable;

/** Architecture and sizes of an image-text model, as its {@code config.json} gives them. */
public sealed interface Architecture permits ClipConfig, SiglipConfig, FlipConfig {
  /** Hugging Face's name of the architecture. */
  String type();

  /** Width of the joint space. */
  int embedDim();

  /** Side of the square input, in pixels. */
  int imageSize();

  /**
   * Side of a patch in pixels; pixels that fill none, at the right and at the bottom, are not seen.
   */
  int patchSize();

  /** Tokens per caption. */
  int contextLength();

  int vocabSize();

  /** The id that fills a row behind a caption's end. */
  int padToken();

  /** The same for pictures of another size. */
  Architecture withImageSize(int size);

  /** The same for a joint space of another width. */
  default Architecture withEmbedDim(int dim) {
    if (dim == embedDim()) {
      return this;
    }
    throw FacetException.usage(
        "model.embed_dim is "
            + dim
            + ", but a "
            + type()
            + " model's joint space is "
            + embedDim()
            + " wide; leave it out");
  }

  /** The same with the image tower of another; both have to be of one architecture. */
  Architecture withVisionOf(Architecture other);

  /** The same with the text tower of another; both have to be of one architecture. */
  Architecture withTextOf(Architecture other);

  static FacetException apart(Architecture one, Architecture other) {
    return FacetException.usage(
        "model.init_image and model.init_text: towers of %s and %s cannot be put together"
            .formatted(one.type(), other.type()));
  }

  /** What {@code config.json} holds. */
  ObjectNode toJson();

  /** Reads a {@code config.json}; one of an unknown architecture is refused by name. */
  static Architecture fromJson(String file, JsonNode json) {
    String type = json.path("model_type").asText("none");
    return switch (type) {
      case ClipConfig.TYPE, ClipConfig.FIRST_END_TYPE ->
          ClipConfig.of(new ConfigFile(file, json), type);
      case SiglipConfig.TYPE -> SiglipConfig.of(new ConfigFile(file, json));
      case FlipConfig.TYPE -> FlipConfig.of(new ConfigFile(file, json));
      default ->
          throw FacetException.usage(
              file
                  + ": model_type is "
                  + Printable.of(type)
                  + ", but only clip, siglip and flip can be opened");
    };
  }
}
