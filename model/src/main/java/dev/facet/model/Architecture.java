package dev.facet.model;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.model.config.PatchGrid;
import dev.facet.model.layers.ImageEncoder;
import dev.facet.model.layers.LayerSettings;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.text.CaptionCleanup;
import dev.facet.model.text.CaptionTokenizer;
import dev.facet.model.text.TokenizerFiles;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Architecture and sizes of an image-text model, as its {@code config.json} gives them. */
public interface Architecture {
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

  /**
   * The same for captions of another length. Positions beyond those of a checkpoint are stretched.
   *
   * @throws FacetException if its text tower cannot have that many
   */
  Architecture withContextLength(int tokens);

  /** Rows of the text tower's table of positions: at least {@link #contextLength}. */
  default int textPositions() {
    return contextLength();
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

  /** A model of these sizes, its weights declared and without values. */
  DualEncoder declare(LayerSettings settings, NDManager manager);

  /**
   * A model of this text tower and loss, its weights declared and without values, with another
   * encoder on the side of the pictures.
   *
   * @param whole of the model
   */
  DualEncoder declare(
      Architecture whole, ImageEncoder pictures, LayerSettings settings, NDManager manager);

  /** What {@code config.json} of a model folder holds that has the text tower alone. */
  ObjectNode textJson();

  /** The model that captions are read by: this one, or that of which it has the text tower. */
  default Architecture texts() {
    return this;
  }

  /** What it sees of pictures, for people. */
  default String seen() {
    return String.format(
        Locale.ROOT, "%1$d x %1$d pixels, patches of %2$d", imageSize(), patchSize());
  }

  /** How a picture is cut into patches. */
  default PatchGrid patches() {
    return new PatchGrid(imageSize(), patchSize());
  }

  /** How such models want their pictures where no file says it. */
  default Preprocessing usualPictures() {
    return Preprocessing.clip(imageSize());
  }

  /** What captions go through before these files cut them into tokens. */
  default CaptionCleanup captionCleanup(TokenizerFiles tokenizer) {
    return tokenizer.cleanup(CaptionCleanup.WEB);
  }

  /** The id of the token at which captions are read, where there is one. */
  default OptionalInt endToken() {
    return OptionalInt.empty();
  }

  /**
   * Holds the tokens that mean something to the model against a tokenizer's.
   *
   * @param folder of the model, for messages
   * @throws FacetException if the tokenizer belongs to another model
   */
  default void requireTokens(CaptionTokenizer tokenizer, Path folder) {}

  /** The model as open_clip describes it, if it has such models. */
  default Optional<OpenClipForm> openClip() {
    return Optional.empty();
  }
}
