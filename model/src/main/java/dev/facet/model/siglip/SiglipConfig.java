package dev.facet.model.siglip;

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
import dev.facet.model.ops.Activation;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.pictures.Resizing;
import dev.facet.model.text.CaptionCleanup;
import dev.facet.model.text.TokenizerFiles;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Every size of a SigLIP dual encoder (Zhai et al. 2023, "Sigmoid loss for language image
 * pre-training"); read from and written as Hugging Face's {@code config.json}.
 *
 * @param embedDim width of the joint space: the image tower's own, to which the text is projected
 * @param imageSize side of the square input, in pixels
 * @param patchSize side of a patch
 * @param contextLength tokens per caption; the last place is read, so captions are padded to it
 */
public record SiglipConfig(
    int embedDim,
    int imageSize,
    int patchSize,
    TowerSize vision,
    int vocabSize,
    int contextLength,
    int eosToken,
    int padToken,
    TowerSize text)
    implements Architecture {
  static final String TYPE = "siglip";

  private static final TowerSize BASE =
      new TowerSize(768, 12, 12, 3072, Activation.GELU_TANH, 1e-6);

  static SiglipConfig of(ConfigFile file) {
    ConfigFile vision = file.part("vision_config");
    ConfigFile text = file.part("text_config");
    int image = vision.size("image_size", 224);
    int patch = vision.size("patch_size", 16);
    vision.requirePatches(image, patch);
    TowerSize visionTower = vision.tower(BASE);
    TowerSize textTower = text.tower(BASE);
    // An image tower alone has nobody else to say how wide the joint space is.
    int usual = text.json().isMissingNode() ? visionTower.width() : textTower.width();
    return new SiglipConfig(
        text.size("projection_size", usual),
        image,
        patch,
        visionTower,
        text.size("vocab_size", 32_000),
        text.size("max_position_embeddings", 64),
        text.token("eos_token_id", 1),
        text.token("pad_token_id", 1),
        textTower);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public SiglipConfig withImageSize(int size) {
    return new SiglipConfig(
        embedDim, size, patchSize, vision, vocabSize, contextLength, eosToken, padToken, text);
  }

  /** A caption is filled up and read at the last place, which would become another one. */
  @Override
  public SiglipConfig withContextLength(int tokens) {
    if (tokens == contextLength) {
      return this;
    }
    throw FacetException.usage(
        String.format(
            Locale.ROOT,
            "model.context_length is %d, but a SigLIP reads every caption at its last place, %d,"
                + " and no other: leave it out",
            tokens,
            contextLength));
  }

  /** The image tower has no projection, so its own width is that of the joint space. */
  @Override
  public SiglipConfig withVisionOf(Architecture other) {
    if (!(other instanceof SiglipConfig siglip)) {
      throw Architecture.apart(other, this);
    }
    return siglip.withTextOf(this);
  }

  @Override
  public SiglipConfig withTextOf(Architecture other) {
    if (!(other instanceof SiglipConfig siglip)) {
      throw Architecture.apart(this, other);
    }
    return new SiglipConfig(
        embedDim,
        imageSize,
        patchSize,
        vision,
        siglip.vocabSize,
        siglip.contextLength,
        siglip.eosToken,
        siglip.padToken,
        siglip.text);
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = Json.PRETTY.createObjectNode();
    json.putArray("architectures").add("SiglipModel");
    json.put("model_type", TYPE);
    json.put("initializer_factor", 1.0);
    json.put("torch_dtype", "float32");
    ObjectNode textJson = json.putObject("text_config");
    textJson.put("model_type", "siglip_text_model");
    textJson.put("vocab_size", vocabSize);
    textJson.put("max_position_embeddings", contextLength);
    textJson.put("projection_size", embedDim);
    textJson.putNull("bos_token_id");
    textJson.put("eos_token_id", eosToken);
    textJson.put("pad_token_id", padToken);
    ConfigFile.put(textJson, text);
    ObjectNode visionJson = ConfigFile.addVision(json, "siglip_vision_model", imageSize, patchSize);
    ConfigFile.put(visionJson, vision);
    return json;
  }

  @Override
  public ObjectNode textJson() {
    return ConfigFile.textAlone(toJson(), "SiglipTextModel");
  }

  @Override
  public DualEncoder declare(LayerSettings settings, NDManager manager) {
    return new Siglip(this, settings, manager);
  }

  @Override
  public DualEncoder declare(
      Architecture whole, ImageEncoder pictures, LayerSettings settings, NDManager manager) {
    return new Siglip(this, whole, pictures, settings, manager);
  }

  @Override
  public OptionalInt endToken() {
    return OptionalInt.of(eosToken);
  }

  /** Squashed, to [-1, 1] (Zhai et al. 2023, google-research/big_vision). */
  @Override
  public Preprocessing usualPictures() {
    List<Double> halves = List.of(0.5, 0.5, 0.5);
    return new Preprocessing(imageSize, halves, halves, Resizing.SQUASH);
  }

  /** The second generation took Gemma's vocabulary and left punctuation in. */
  @Override
  public CaptionCleanup captionCleanup(TokenizerFiles tokenizer) {
    return tokenizer.cleanup(tokenizer.isUnigram() ? CaptionCleanup.SIGLIP : CaptionCleanup.LOWER);
  }

  @Override
  public Optional<OpenClipForm> openClip() {
    return Optional.of(new SiglipOpenClip(this));
  }
}
