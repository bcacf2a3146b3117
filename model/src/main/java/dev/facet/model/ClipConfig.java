package dev.facet.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;

/**
 * Every size of a CLIP dual encoder (Radford et al. 2021, "Learning transferable visual models from
 * natural language supervision", section 2.4); read from and written as Hugging Face's {@code
 * config.json}.
 *
 * @param embedDim width of the joint space
 * @param imageSize side of the square input, in pixels
 * @param patchSize side of a patch
 * @param contextLength tokens per caption, with start and end
 * @param eosToken id whose first occurrence gives the text feature
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
    Tower text)
    implements Architecture {
  static final String TYPE = "clip";

  /**
   * Published configs with CLIP's own vocabulary say 2 here, by an old mistake, while their
   * tokenizer's end is the last id.
   */
  private static final int LEGACY_EOS = 2;

  private static final int CLIP_VOCABULARY = 49_408;

  static ClipConfig of(ConfigFile file) {
    ConfigFile vision = file.part("vision_config");
    ConfigFile text = file.part("text_config");
    int image = vision.size("image_size", 224);
    int patch = vision.size("patch_size", 32);
    vision.requirePatches(image, patch);
    int vocab = text.size("vocab_size", CLIP_VOCABULARY);
    int eos = text.token("eos_token_id", vocab - 1);
    boolean legacy = eos == LEGACY_EOS && vocab == CLIP_VOCABULARY;
    return new ClipConfig(
        file.size("projection_dim", 512),
        image,
        patch,
        vision.tower(Tower.of(768, 12, 12)),
        vocab,
        text.size("max_position_embeddings", 77),
        legacy ? vocab - 2 : text.token("bos_token_id", vocab - 2),
        legacy ? vocab - 1 : eos,
        legacy ? vocab - 1 : text.token("pad_token_id", 0),
        text.tower(Tower.of(512, 12, 8)));
  }

  @Override
  public String type() {
    return TYPE;
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
    json.putArray("architectures").add("CLIPModel");
    json.put("model_type", TYPE);
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
    textJson.put("projection_dim", embedDim);
    ConfigFile.put(textJson, text);
    ObjectNode visionJson = json.putObject("vision_config");
    visionJson.put("model_type", "clip_vision_model");
    visionJson.put("num_channels", 3);
    visionJson.put("image_size", imageSize);
    visionJson.put("patch_size", patchSize);
    visionJson.put("projection_dim", embedDim);
    ConfigFile.put(visionJson, vision);
    return json;
  }
}
