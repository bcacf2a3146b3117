package dev.facet.model.vectors;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.model.Architecture;
import dev.facet.model.DualEncoder;
import dev.facet.model.layers.ImageEncoder;
import dev.facet.model.layers.LayerSettings;
import dev.facet.model.layers.StoredVectors;
import dev.facet.model.text.CaptionCleanup;
import dev.facet.model.text.CaptionTokenizer;
import dev.facet.model.text.TokenizerFiles;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The text tower and the loss of an architecture, with stored vectors on the side of the pictures.
 * Its folder is one of the text tower alone in Hugging Face's layout, so {@code
 * CLIPTextModelWithProjection} opens it; what only concerns the pictures stands beside that.
 */
public record VectorConfig(Architecture texts, PictureVectors pictures) implements Architecture {

  /**
   * @throws FacetException if vectors that are not projected have another width than the joint
   *     space
   */
  public VectorConfig {
    if (!pictures.projected() && pictures.width() != texts.embedDim()) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "the stored vectors have %d numbers, but the joint space of captions and pictures has"
                  + " %d: set model.embed_dim to %1$d, or model.vectors.head to linear",
              pictures.width(),
              texts.embedDim()));
    }
  }

  @Override
  public String type() {
    return texts.type();
  }

  @Override
  public int embedDim() {
    return texts.embedDim();
  }

  /** No pixels are seen. */
  @Override
  public int imageSize() {
    return 0;
  }

  @Override
  public int patchSize() {
    return 0;
  }

  @Override
  public int contextLength() {
    return texts.contextLength();
  }

  @Override
  public int vocabSize() {
    return texts.vocabSize();
  }

  @Override
  public int padToken() {
    return texts.padToken();
  }

  @Override
  public String seen() {
    return pictures.text();
  }

  @Override
  public Architecture withImageSize(int size) {
    throw seesNone();
  }

  @Override
  public Architecture withEmbedDim(int dim) {
    return new VectorConfig(texts.withEmbedDim(dim), pictures);
  }

  @Override
  public Architecture withContextLength(int tokens) {
    return new VectorConfig(texts.withContextLength(tokens), pictures);
  }

  @Override
  public int textPositions() {
    return texts.textPositions();
  }

  @Override
  public Architecture withVisionOf(Architecture other) {
    throw seesNone();
  }

  @Override
  public Architecture withTextOf(Architecture other) {
    return new VectorConfig(texts.withTextOf(other), pictures);
  }

  private static FacetException seesNone() {
    return FacetException.usage(
        "a model that learned from stored vectors has no image tower: give one with its weights in"
            + " model.init_image, and this one in model.init_text");
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = texts.textJson();
    pictures.put(json);
    return json;
  }

  @Override
  public ObjectNode textJson() {
    return texts.textJson();
  }

  @Override
  public DualEncoder declare(LayerSettings settings, NDManager manager) {
    ImageEncoder vectors =
        new StoredVectors(settings, pictures.width(), embedDim(), pictures.projected());
    return texts.declare(this, vectors, settings, manager);
  }

  @Override
  public DualEncoder declare(
      Architecture whole, ImageEncoder encoder, LayerSettings settings, NDManager manager) {
    return texts.declare(whole, encoder, settings, manager);
  }

  @Override
  public CaptionCleanup captionCleanup(TokenizerFiles tokenizer) {
    return texts.captionCleanup(tokenizer);
  }

  @Override
  public OptionalInt endToken() {
    return texts.endToken();
  }

  @Override
  public void requireTokens(CaptionTokenizer tokenizer, Path folder) {
    texts.requireTokens(tokenizer, folder);
  }
}
