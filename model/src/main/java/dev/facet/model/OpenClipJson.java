package dev.facet.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.model.ops.Activation;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.pictures.Resizing;
import dev.facet.model.text.CaptionCleanup;
import dev.facet.model.text.TokenizerFiles;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an {@code open_clip_config.json} holds; {@link OpenClipConfig} reads the same. */
final class OpenClipJson {
  private static final double USUAL_EPS = 1e-5;

  private OpenClipJson() {}

  /**
   * Sizes and preprocessing of a model.
   *
   * @param captions how captions are cleaned up for a {@code tokenizer.json} beside the config;
   *     null where open_clip's own tokenizer reads them
   * @throws FacetException usage, if open_clip has no such model
   */
  static ObjectNode of(
      Architecture config, Preprocessing preprocessing, @Nullable CaptionCleanup captions) {
    ObjectNode json = Json.PRETTY.createObjectNode();
    ObjectNode model = json.putObject("model_cfg");
    model.put("embed_dim", config.embedDim());
    switch (config) {
      case ClipConfig clip -> clip(json, model, clip);
      case SiglipConfig siglip -> siglip(json, model, siglip);
      default -> throw new IllegalArgumentException("open_clip has no " + config.type());
    }
    ObjectNode text = (ObjectNode) model.get("text_cfg");
    text.put("context_length", config.contextLength());
    text.put("vocab_size", config.vocabSize());
    text.put("pad_id", config.padToken());
    if (captions != null) {
      // In a local folder any name means the files there.
      text.put("hf_tokenizer_name", TokenizerFiles.TOKENIZER);
      text.putObject("tokenizer_kwargs").put("clean", cleanup(captions));
    }
    ObjectNode pictures = json.putObject("preprocess_cfg");
    preprocessing.mean().forEach(pictures.putArray("mean")::add);
    preprocessing.std().forEach(pictures.putArray("std")::add);
    pictures.put("interpolation", interpolation(preprocessing.resizing().filter()));
    pictures.put("resize_mode", preprocessing.resizing().squash() ? "squash" : "shortest");
    return json;
  }

  private static void clip(ObjectNode json, ObjectNode model, ClipConfig config) {
    boolean quick = config.vision().activation() == Activation.QUICK_GELU;
    if (quick != (config.text().activation() == Activation.QUICK_GELU)) {
      throw FacetException.usage(
          "open_clip has one quick_gelu for both towers, but this model's image tower has "
              + config.vision().activation().label()
              + " and its text tower "
              + config.text().activation().label()
              + "; export it with --to huggingface");
    }
    if (quick) {
      model.put("quick_gelu", true);
    }
    ObjectNode vision = model.putObject("vision_cfg");
    vision.put("image_size", config.imageSize());
    vision.put("patch_size", config.patchSize());
    vision.put("head_width", config.vision().width() / config.vision().heads());
    put(vision, config.vision());
    ObjectNode text = model.putObject("text_cfg");
    text.put("heads", config.text().heads());
    put(text, config.text());
    if (config.eosToken() == config.vocabSize() - 1) {
      // Where the end is the highest id, every open_clip reads there, old ones too, which know no
      // pool_type eos. The way back needs the number.
      json.put(OpenClipConfig.END, config.eosToken());
    } else if (!config.readsHighest()) {
      text.put("pool_type", "eos");
      text.put("eos_id", config.eosToken());
    }
  }

  private static void siglip(ObjectNode json, ObjectNode model, SiglipConfig config) {
    if (config.text().activation() == Activation.QUICK_GELU) {
      model.put("quick_gelu", true);
    }
    model.put("init_logit_bias", -10);
    model.put("custom_text", true);
    Optional<TimmSiglip> known = TimmSiglip.sized(config);
    ObjectNode vision = model.putObject("vision_cfg");
    vision.put("image_size", config.imageSize());
    vision.put("timm_model_name", known.orElse(TimmSiglip.BASE_16_224).label());
    vision.put("timm_model_pretrained", false);
    vision.put("timm_pool", "map");
    vision.put("timm_proj", "none");
    if (known.isEmpty() || !known.get().tower().equals(config.vision())) {
      trunk(json.putObject(OpenClipConfig.TRUNK), config);
    }
    ObjectNode text = model.putObject("text_cfg");
    text.put("heads", config.text().heads());
    put(text, config.text());
    text.put("no_causal_mask", true);
    text.put("proj_bias", true);
    text.put("pool_type", "last");
    text.put("eos_id", config.eosToken());
  }

  /** What timm's name does not say: sizes of its own, or only another activation. */
  private static void trunk(ObjectNode json, SiglipConfig config) {
    Tower tower = config.vision();
    if (tower.activation() == Activation.QUICK_GELU) {
      throw FacetException.usage(
          "timm's SigLIP has no quick_gelu in its image tower; export with --to huggingface");
    }
    json.put("img_size", config.imageSize());
    json.put("patch_size", config.patchSize());
    json.put("embed_dim", tower.width());
    json.put("depth", tower.layers());
    json.put("num_heads", tower.heads());
    json.put("mlp_ratio", ratio(tower));
    json.put("class_token", false);
    json.put("global_pool", "map");
    json.put("act_layer", tower.activation() == Activation.GELU ? "gelu" : "gelu_tanh");
    json.put("norm_eps", tower.normEps());
  }

  private static void put(ObjectNode json, Tower tower) {
    json.put("width", tower.width());
    json.put("layers", tower.layers());
    if (tower.mlpWidth() != 4 * tower.width()) {
      json.put("mlp_ratio", ratio(tower));
    }
    if (tower.normEps() != USUAL_EPS) {
      json.putObject("norm_kwargs").put("eps", tower.normEps());
    }
    if (tower.activation() == Activation.GELU_TANH) {
      json.putObject("act_kwargs").put("approximate", "tanh");
    }
  }

  /** What gives the inner width again, the fraction cut off. */
  private static double ratio(Tower tower) {
    double ratio = (double) tower.mlpWidth() / tower.width();
    return (int) (tower.width() * ratio) == tower.mlpWidth() ? ratio : Math.nextUp(ratio);
  }

  /** The nearest of open_clip's (tokenizer.py, get_clean_fn). */
  private static String cleanup(CaptionCleanup captions) {
    return switch (captions) {
      case NONE, FLIP -> "whitespace";
      case WEB, LOWER -> "lower";
      case SIGLIP -> "canonicalize";
    };
  }

  private static String interpolation(int filter) {
    return switch (filter) {
      case Resizing.BICUBIC -> "bicubic";
      case Resizing.BILINEAR -> "bilinear";
      default ->
          throw FacetException.usage(
              "open_clip resizes by bicubic or bilinear, not by Pillow's filter " + filter);
    };
  }
}
