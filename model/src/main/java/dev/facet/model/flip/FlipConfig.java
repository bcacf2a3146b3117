package dev.facet.model.flip;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.model.Architecture;
import dev.facet.model.DualEncoder;
import dev.facet.model.config.ConfigFile;
import dev.facet.model.config.TowerSize;
import dev.facet.model.layers.ImageEncoder;
import dev.facet.model.layers.LayerSettings;
import dev.facet.model.ops.Activation;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.pictures.Resizing;
import dev.facet.model.text.CaptionCleanup;
import dev.facet.model.text.CaptionTokenizer;
import dev.facet.model.text.TokenizerFiles;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Every size of FLIP, the model of FaceCaption-15M's authors (Dai et al. 2024, "15M multimodal
 * facial image-text dataset"): CLIP's image tower, and a BERT that reads a caption alone or
 * together with a picture.
 *
 * <p>The authors keep the sizes in {@value #VISION} and {@value #TEXT}, and what neither says
 * (width of the joint space, length of the queue, added tokens) in their code; there it is read
 * from the weights' shapes. {@code config.json}, which Facet writes, holds all of it.
 *
 * @param embedDim width of the joint space
 * @param imageSize side of the square input, in pixels
 * @param patchSize side of a patch
 * @param vocabSize rows of the token table: BERT's vocabulary, [DEC] and [ENC]
 * @param contextLength tokens a caption is cut to
 * @param positions rows of the position table; at least the context length
 * @param queueSize columns of the queue of earlier features
 */
public record FlipConfig(
    int embedDim,
    int imageSize,
    int patchSize,
    TowerSize vision,
    int vocabSize,
    int contextLength,
    int positions,
    int padToken,
    TowerSize text,
    int queueSize)
    implements Architecture {
  static final String TYPE = "flip";

  /** The authors' file of the image tower's sizes. */
  static final String VISION = "vision_config.json";

  /** The authors' file of the text tower's sizes. */
  static final String TEXT = "bert_config.json";

  private static final TowerSize VIT_BASE =
      new TowerSize(768, 12, 12, 3072, Activation.QUICK_GELU, 1e-5);
  private static final TowerSize BERT_BASE =
      new TowerSize(768, 12, 12, 3072, Activation.GELU, 1e-12);

  /** The two tokens that FLIP adds to BERT's: [DEC], then [ENC]. */
  private static final int ADDED_TOKENS = 2;

  /** The authors' code cuts captions to this many tokens (models/fflip_pretrain.py). */
  private static final int CAPTION_TOKENS = 65;

  /** The authors' choices (configs/pretrain.yaml). */
  private static final int EMBED_DIM = 256;

  private static final int QUEUE_SIZE = 61_440;

  /** Whether a folder holds the authors' two files. */
  static boolean isIn(Path directory) {
    return Files.isRegularFile(directory.resolve(VISION))
        && Files.isRegularFile(directory.resolve(TEXT));
  }

  /** Sizes from the authors' two files, and from the shapes of the weights. */
  static FlipConfig read(Path directory, Weights weights) throws IOException {
    ConfigFile vision = file(directory.resolve(VISION));
    ConfigFile text = file(directory.resolve(TEXT));
    int base = text.size("vocab_size", 30_522);
    int rows =
        length(weights, "text_encoder.embeddings.word_embeddings.weight", 0, base + ADDED_TOKENS);
    return of(
        vision,
        text,
        length(weights, "vision_proj.weight", 0, EMBED_DIM),
        // Some count the added tokens as part of the vocabulary.
        rows == base ? base : base + ADDED_TOKENS,
        CAPTION_TOKENS,
        length(weights, "image_queue", 1, QUEUE_SIZE));
  }

  /** From a {@code config.json}. */
  static FlipConfig of(ConfigFile file) {
    ConfigFile text = file.part("text_config");
    return of(
        file.part("vision_config"),
        text,
        file.size("projection_dim", EMBED_DIM),
        text.size("vocab_size", 30_522) + ADDED_TOKENS,
        file.size("caption_tokens", CAPTION_TOKENS),
        file.size("queue_size", QUEUE_SIZE));
  }

  private static FlipConfig of(
      ConfigFile vision, ConfigFile text, int embedDim, int vocabSize, int tokens, int queueSize) {
    int image = vision.size("image_size", 224);
    int patch = vision.size("patch_size", 16);
    vision.requirePatches(image, patch);
    int positions = text.size("max_position_embeddings", 512);
    return new FlipConfig(
        embedDim,
        image,
        patch,
        vision.tower(VIT_BASE),
        vocabSize,
        Math.min(tokens, positions),
        positions,
        text.token("pad_token_id", 0),
        text.tower(BERT_BASE),
        queueSize);
  }

  private static ConfigFile file(Path path) throws IOException {
    return new ConfigFile(path.toString(), Json.read(path, JsonNode.class));
  }

  private static int length(Weights weights, String name, int axis, int usual) {
    TensorEntry entry = weights.find(name);
    if (entry == null || entry.shape().length != 2) {
      return usual;
    }
    long size = entry.shape()[axis];
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw FacetException.usage(
          "%s: %s has shape %s, of which no model can be made; the file is damaged"
              .formatted(weights.file(), name, new Shape(entry.shape())));
    }
    return (int) size;
  }

  /** The token that stands in place of a caption's first where it is read with a picture. */
  public int encoderToken() {
    return vocabSize - 1;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public FlipConfig withImageSize(int size) {
    return new FlipConfig(
        embedDim,
        size,
        patchSize,
        vision,
        vocabSize,
        contextLength,
        positions,
        padToken,
        text,
        queueSize);
  }

  @Override
  public FlipConfig withEmbedDim(int dim) {
    return new FlipConfig(
        dim,
        imageSize,
        patchSize,
        vision,
        vocabSize,
        contextLength,
        positions,
        padToken,
        text,
        queueSize);
  }

  /** {@inheritDoc} BERT's table has more places than captions take; beyond it, it is stretched. */
  @Override
  public FlipConfig withContextLength(int tokens) {
    return new FlipConfig(
        embedDim,
        imageSize,
        patchSize,
        vision,
        vocabSize,
        tokens,
        Math.max(positions, tokens),
        padToken,
        text,
        queueSize);
  }

  @Override
  public int textPositions() {
    return positions;
  }

  /** {@inheritDoc} The queue keeps its length. */
  @Override
  public FlipConfig withVisionOf(Architecture other) {
    if (!(other instanceof FlipConfig flip)) {
      throw Architecture.apart(other, this);
    }
    return new FlipConfig(
        embedDim,
        flip.imageSize,
        flip.patchSize,
        flip.vision,
        vocabSize,
        contextLength,
        positions,
        padToken,
        text,
        queueSize);
  }

  /** {@inheritDoc} The queue keeps its length. */
  @Override
  public FlipConfig withTextOf(Architecture other) {
    if (!(other instanceof FlipConfig flip)) {
      throw Architecture.apart(this, other);
    }
    return new FlipConfig(
        embedDim,
        imageSize,
        patchSize,
        vision,
        flip.vocabSize,
        flip.contextLength,
        flip.positions,
        flip.padToken,
        flip.text,
        queueSize);
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = Json.PRETTY.createObjectNode();
    json.put("model_type", TYPE);
    json.put("projection_dim", embedDim);
    json.put("caption_tokens", contextLength);
    json.put("queue_size", queueSize);
    json.put("torch_dtype", "float32");
    ObjectNode textJson = json.putObject("text_config");
    textJson.put("model_type", "bert");
    textJson.put("vocab_size", vocabSize - ADDED_TOKENS);
    textJson.put("max_position_embeddings", positions);
    textJson.put("pad_token_id", padToken);
    textJson.put("add_cross_attention", true);
    textJson.put("encoder_width", vision.width());
    ConfigFile.put(textJson, text);
    ObjectNode visionJson = ConfigFile.addVision(json, "clip_vision_model", imageSize, patchSize);
    ConfigFile.put(visionJson, vision);
    return json;
  }

  /** {@inheritDoc} No other program has a class for it, so the whole stands there, in its name. */
  @Override
  public ObjectNode textJson() {
    return toJson();
  }

  @Override
  public DualEncoder declare(LayerSettings settings, NDManager manager) {
    return new Flip(this, settings, manager);
  }

  @Override
  public DualEncoder declare(
      Architecture whole, ImageEncoder pictures, LayerSettings settings, NDManager manager) {
    return new FlipContrast(
        this, whole, pictures, new BertText(this, settings, ""), settings, manager);
  }

  /** Squashed, with CLIP's statistics (FaceCaption-15M, pretrain_eval.py). */
  @Override
  public Preprocessing usualPictures() {
    return Preprocessing.clip(imageSize).resized(Resizing.SQUASH);
  }

  @Override
  public CaptionCleanup captionCleanup(TokenizerFiles tokenizer) {
    return tokenizer.cleanup(CaptionCleanup.FLIP);
  }

  /** Attention passes over the id that fills captions up. */
  @Override
  public void requireTokens(CaptionTokenizer tokenizer, Path folder) {
    if (tokenizer.padToken() != padToken) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "%s fills captions up with id %d, but the model in %s passes over id %d: it belongs"
                  + " to another model",
              tokenizer.file(),
              tokenizer.padToken(),
              folder,
              padToken));
    }
  }
}
