package dev.facet.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import dev.facet.model.ops.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * An {@code open_clip_config.json} as sizes, read as open_clip 3.3.0 does (model.py, CLIPVisionCfg
 * and CLIPTextCfg give the defaults).
 */
final class OpenClipConfig {
  static final String FILE = "open_clip_config.json";

  /** Sizes of a SigLIP's image tower that timm has no name for, beside {@code model_cfg}. */
  static final String TRUNK = "tiny_override";

  /** The end token of a CLIP that open_clip reads at the highest id, beside {@code model_cfg}. */
  static final String END = "eos_token_id";

  /** SigLIP 2 reads captions with Gemma's tokenizer, which pads with 0; SigLIP's own with 1. */
  private static final int GEMMA_VOCABULARY = 256_000;

  /** Variants of a block or a tower, off in all models but a few. */
  private static final String[] VARIANTS = {
    "ls_init_value",
    "block_type",
    "qk_norm",
    "scaled_cosine_attn",
    "scale_heads",
    "scale_attn_inner",
    "scale_attn",
    "scale_fc",
    "final_ln_after_pool",
    "output_tokens"
  };

  private final List<String> problems = new ArrayList<>();
  private final OpenClipSettings model;
  private final OpenClipSettings vision;
  private final OpenClipSettings text;
  private final OpenClipSettings trunk;
  private final int embedDim;
  private final boolean quick;
  private final OptionalInt end;

  private OpenClipConfig(JsonNode root) {
    // The configs that open_clip ships with are the inner object alone.
    model =
        new OpenClipSettings("", root.has("model_cfg") ? root.get("model_cfg") : root, problems);
    vision = model.part("vision_cfg");
    text = model.part("text_cfg");
    trunk = new OpenClipSettings(TRUNK, root.path(TRUNK), problems);
    end = root.path(END).isInt() ? OptionalInt.of(root.get(END).asInt()) : OptionalInt.empty();
    embedDim = model.size("embed_dim", 512);
    quick = model.flag("quick_gelu");
    model.ignore("custom_text", "init_logit_scale", "nonscalar_logit_scale");
    if (model.has("multimodal_cfg")) {
      model.refuse("multimodal_cfg", "a CoCa, which writes captions");
    }
  }

  /**
   * Reads the sizes.
   *
   * @throws FacetException usage, naming every setting that is not supported
   */
  static Architecture read(String file, JsonNode json) {
    if (!json.path("model_cfg").isObject() && !json.path("vision_cfg").isObject()) {
      throw FacetException.usage(
          file + " has no model_cfg, which says what the model is; copy the file again");
    }
    OpenClipConfig config = new OpenClipConfig(json);
    Supplier<Architecture> sizes =
        config.vision.has("timm_model_name") ? config.siglip() : config.clip();
    config.model.refuseUnknown();
    config.vision.refuseUnknown();
    config.text.refuseUnknown();
    if (!config.problems.isEmpty()) {
      throw FacetException.usage(
          "%s: of OpenCLIP's models, CLIP with a ViT and SigLIP can be opened; this one differs in\n  %s"
              .formatted(file, Misfits.listed(config.problems)));
    }
    return sizes.get();
  }

  private Supplier<Architecture> clip() {
    model.off("init_logit_bias");
    if (vision.isList("layers")) {
      vision.refuse("layers", "a ResNet, not a ViT");
      vision.skip();
    }
    vision.off("attentional_pool", "no_ln_pre");
    vision.off(VARIANTS);
    vision.ignore("patch_dropout", "pos_embed_type", "attn_pooler_queries", "attn_pooler_heads");
    vision.ignore("timm_model_name", "timm_model_pretrained", "timm_pool", "timm_proj");
    vision.ignore("timm_proj_bias", "timm_drop", "timm_drop_path");
    vision.only("pool_type", "tok", "tok");
    int image = vision.side("image_size", 224);
    int patch = vision.side("patch_size", 16);
    int width = vision.size("width", 768);
    int heads = Math.max(1, width / vision.size("head_width", 64));
    Tower tower = tower(vision, width, vision.size("layers", 12), heads, "head_width");
    if (patch > image) {
      vision.refuse("patch_size", "it is larger than image_size " + image);
    } else if (SizeLimits.tooMany(image, patch)) {
      vision.refuse("patch_size", "it makes more than " + SizeLimits.PATCHES + " patches");
    }
    Tower textTower = text();
    text.off("no_causal_mask", "proj_bias");
    text.only("pool_type", "argmax", "argmax", "eos");
    int vocabulary = text.size("vocab_size", 49_408);
    int context = text.size("context_length", 77);
    int eos =
        text.word("pool_type", "argmax").equals("eos")
            ? text.token("eos_id", 2)
            : end.orElse(ClipConfig.HIGHEST);
    int pad = text.token("pad_id", 0);
    return () ->
        new ClipConfig(
            embedDim,
            image,
            patch,
            tower,
            vocabulary,
            context,
            vocabulary - 2,
            eos,
            pad,
            textTower);
  }

  private Supplier<Architecture> siglip() {
    Optional<TimmSiglip> known = TimmSiglip.named(vision.word("timm_model_name", ""));
    if (known.isEmpty()) {
      vision.refuse("timm_model_name", "not one of timm's vit_*_siglip_*");
      vision.skip();
    } else if (!model.has("init_logit_bias")) {
      model.refuse("init_logit_bias", "SigLIP has one");
    }
    vision.only("timm_pool", "avg", "map");
    vision.only("timm_proj", "linear", "none");
    vision.ignore("timm_model_pretrained", "timm_proj_bias", "timm_drop", "timm_drop_path");
    vision.ignore("patch_dropout");
    boolean own = trunk.exists();
    Tower tower = own ? trunk() : known.orElse(TimmSiglip.BASE_16_224).tower();
    int image = vision.side("image_size", known.map(each -> each.image).orElse(224));
    int size = own ? trunk.size("img_size", image) : image;
    int patch = own ? trunk.size("patch_size", 16) : known.map(each -> each.patch).orElse(16);
    if (patch > size) {
      vision.refuse("image_size", "it is smaller than a patch of " + patch + " pixels");
    } else if (SizeLimits.tooMany(size, patch)) {
      vision.refuse("image_size", "it makes more than " + SizeLimits.PATCHES + " patches");
    }
    if (known.isPresent() && tower.width() != embedDim) {
      model.refuse("embed_dim", "the image tower is " + tower.width() + " wide");
    }
    Tower textTower = text();
    if (known.isEmpty()) {
      // What follows holds the text tower against SigLIP's, which it need not be.
      text.skip();
    }
    text.only("no_causal_mask", "false", "true");
    text.only("proj_bias", "false", "true");
    text.only("pool_type", "argmax", "last");
    int vocabulary = text.size("vocab_size", 49_408);
    int context = text.size("context_length", 77);
    int eos = text.token("eos_id", 1);
    int pad = text.token("pad_id", vocabulary == GEMMA_VOCABULARY ? 0 : 1);
    return () ->
        new SiglipConfig(embedDim, size, patch, tower, vocabulary, context, eos, pad, textTower);
  }

  /** The sizes of {@link #TRUNK}, named like the arguments of timm's VisionTransformer. */
  private Tower trunk() {
    trunk.ignore("comment");
    trunk.off("class_token");
    trunk.only("global_pool", "map", "map");
    trunk.only("act_layer", "gelu", "gelu", "gelu_tanh");
    int width = trunk.size("embed_dim", 768);
    Tower tower =
        new Tower(
            width,
            trunk.size("depth", 12),
            trunk.size("num_heads", 12),
            trunk.inner(width),
            trunk.word("act_layer", "gelu").equals("gelu") ? Activation.GELU : Activation.GELU_TANH,
            trunk.number("norm_eps", TimmSiglip.EPS));
    trunk.size("img_size", 224);
    trunk.size("patch_size", 16);
    trunk.refuseUnknown();
    return fitting(tower, trunk, "num_heads");
  }

  private Tower text() {
    if (text.has("hf_model_name")) {
      text.refuse("hf_model_name", "a text tower of Hugging Face's, not CLIP's");
      text.skip();
    }
    text.off(VARIANTS);
    text.off("embed_cls");
    text.only("proj_type", "linear", "linear");
    text.ignore("hf_tokenizer_name", "tokenizer_mode", "tokenizer_kwargs", "hf_model_pretrained");
    text.ignore("hf_proj_type", "hf_pooler_type", "eos_id", "pad_id");
    int width = text.size("width", 512);
    return tower(text, width, text.size("layers", 12), text.size("heads", 8), "heads");
  }

  private Tower tower(OpenClipSettings in, int width, int layers, int heads, String headsKey) {
    return fitting(
        new Tower(width, layers, heads, in.inner(width), in.activation(quick), in.eps()),
        in,
        headsKey);
  }

  private static Tower fitting(Tower tower, OpenClipSettings in, String headsKey) {
    if (tower.width() % tower.heads() != 0) {
      in.refuse(headsKey, "the width of " + tower.width() + " is no multiple");
    }
    return tower;
  }
}
