package dev.facet.model.clip;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.model.Architecture;
import dev.facet.model.DualEncoder;
import dev.facet.model.OpenClipForm;
import dev.facet.model.config.ConfigFile;
import dev.facet.model.config.TowerSize;
import dev.facet.model.layers.ImageEncoder;
import dev.facet.model.layers.LayerSettings;
import dev.facet.model.text.CaptionTokenizer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Every size of a CLIP dual encoder (Radford et al. 2021, "Learning transferable visual models from
 * natural language supervision", section 2.4); read from and written as Hugging Face's {@code
 * config.json}.
 *
 * @param embedDim width of the joint space
 * @param imageSize side of the square input, in pixels
 * @param patchSize side of a patch
 * @param contextLength tokens per caption, with start and end
 * @param eosToken id at whose first occurrence a caption is read; {@link #HIGHEST} reads it at its
 *     highest id, whatever that is
 */
public record ClipConfig(
    int embedDim,
    int imageSize,
    int patchSize,
    TowerSize vision,
    int vocabSize,
    int contextLength,
    int bosToken,
    int eosToken,
    int padToken,
    TowerSize text)
    implements Architecture {
  static final String TYPE = "clip";

  /** In place of an end token: captions are read at the first place of their highest id. */
  public static final int HIGHEST = -1;

  /**
   * The same model under the name with which Hugging Face's programs read every end token at its
   * first place, 2 as well.
   */
  static final String FIRST_END_TYPE = "metaclip_2";

  /**
   * What {@link #HIGHEST} is called in files of {@link #TYPE}: OpenAI's first configs said 2 by
   * mistake, and the programs that read them have kept to the highest id for it
   * (huggingface/transformers, modeling_clip.py, CLIPTextTransformer).
   */
  private static final int HIGHEST_IN_FILES = 2;

  /** Reads a {@code config.json}. */
  static ClipConfig of(ConfigFile file) {
    ConfigFile vision = file.section("vision_config");
    ConfigFile text = file.section("text_config");
    int image = vision.size("image_size", 224);
    int patch = vision.size("patch_size", 32);
    vision.requirePatches(image, patch);
    int vocab = text.size("vocab_size", 49_408);
    int eos = text.token("eos_token_id", vocab - 1);
    boolean highest = eos == HIGHEST_IN_FILES && !file.modelType().equals(FIRST_END_TYPE);
    return new ClipConfig(
        file.size("projection_dim", 512),
        image,
        patch,
        vision.tower(TowerSize.of(768, 12, 12)),
        vocab,
        text.size("max_position_embeddings", 77),
        // Files that say 2 are as wrong about the start, which nothing reads.
        highest ? vocab - 2 : text.token("bos_token_id", vocab - 2),
        highest ? HIGHEST : eos,
        text.token("pad_token_id", 0),
        text.tower(TowerSize.of(512, 12, 8)));
  }

  @Override
  public String type() {
    return TYPE;
  }

  /** Whether captions are read at their highest id. */
  public boolean readsHighest() {
    return eosToken == HIGHEST;
  }

  @Override
  public ClipConfig withImageSize(int size) {
    return new ClipConfig(
        embedDim,
        size,
        patchSize,
        vision,
        vocabSize,
        contextLength,
        bosToken,
        eosToken,
        padToken,
        text);
  }

  @Override
  public ClipConfig withEmbedDim(int dim) {
    return new ClipConfig(
        dim,
        imageSize,
        patchSize,
        vision,
        vocabSize,
        contextLength,
        bosToken,
        eosToken,
        padToken,
        text);
  }

  @Override
  public ClipConfig withContextLength(int tokens) {
    return new ClipConfig(
        embedDim, imageSize, patchSize, vision, vocabSize, tokens, bosToken, eosToken, padToken,
        text);
  }

  @Override
  public ClipConfig withVisionOf(Architecture other) {
    if (!(other instanceof ClipConfig clip)) {
      throw Architecture.apart(other, this);
    }
    return clip.withTextOf(this).withEmbedDim(embedDim);
  }

  @Override
  public ClipConfig withTextOf(Architecture other) {
    if (!(other instanceof ClipConfig clip)) {
      throw Architecture.apart(this, other);
    }
    return new ClipConfig(
        embedDim,
        imageSize,
        patchSize,
        vision,
        clip.vocabSize,
        clip.contextLength,
        clip.bosToken,
        clip.eosToken,
        clip.padToken,
        clip.text);
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = Json.PRETTY.createObjectNode();
    boolean renamed = eosToken == HIGHEST_IN_FILES;
    String inFiles = renamed ? FIRST_END_TYPE : TYPE;
    json.putArray("architectures").add(renamed ? "MetaClip2Model" : "CLIPModel");
    json.put("model_type", inFiles);
    json.put("projection_dim", embedDim);
    json.put("logit_scale_init_value", 2.6592);
    json.put("initializer_factor", 1.0);
    json.put("torch_dtype", "float32");
    ObjectNode textJson = json.putObject("text_config");
    textJson.put("model_type", inFiles + "_text_model");
    textJson.put("vocab_size", vocabSize);
    textJson.put("max_position_embeddings", contextLength);
    textJson.put("bos_token_id", bosToken);
    textJson.put("eos_token_id", readsHighest() ? HIGHEST_IN_FILES : eosToken);
    textJson.put("pad_token_id", padToken);
    textJson.put("projection_dim", embedDim);
    ConfigFile.put(textJson, text);
    ObjectNode visionJson =
        ConfigFile.addVision(json, inFiles + "_vision_model", imageSize, patchSize);
    visionJson.put("projection_dim", embedDim);
    ConfigFile.put(visionJson, vision);
    return json;
  }

  @Override
  public ObjectNode textJson() {
    return ConfigFile.textAlone(
        toJson(),
        eosToken == HIGHEST_IN_FILES
            ? "MetaClip2TextModelWithProjection"
            : "CLIPTextModelWithProjection");
  }

  @Override
  public DualEncoder declare(LayerSettings settings, NDManager manager) {
    return new Clip(this, settings, manager);
  }

  @Override
  public DualEncoder declare(
      Architecture whole, ImageEncoder pictures, LayerSettings settings, NDManager manager) {
    return new Clip(this, whole, pictures, settings, manager);
  }

  @Override
  public OptionalInt endToken() {
    return readsHighest() ? OptionalInt.empty() : OptionalInt.of(eosToken);
  }

  /** Captions must be read where the tokenizer ends them. */
  @Override
  public void requireTokens(CaptionTokenizer tokenizer, Path folder) {
    int end = tokenizer.endToken();
    long highest = Math.max(Collections.max(tokenizer.ownTokens()), tokenizer.vocabularySize() - 1);
    if (readsHighest() && end != highest) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "%s ends captions with id %d and has ids up to %d, but the model in %s reads captions"
                  + " at their highest id (eos_token_id 2, or pool_type argmax): take the tokenizer"
                  + " that belongs to the model, or name %d as the end in its config",
              tokenizer.file(),
              end,
              highest,
              folder,
              end));
    }
    if (!readsHighest() && end != eosToken) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "%s ends captions with id %d, but the model in %s reads them at id %d: it belongs to"
                  + " another model",
              tokenizer.file(),
              end,
              folder,
              eosToken));
    }
  }

  @Override
  public Optional<OpenClipForm> openClip() {
    return Optional.of(new ClipOpenClip(this));
  }
}
