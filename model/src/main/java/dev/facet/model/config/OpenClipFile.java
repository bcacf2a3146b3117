package dev.facet.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import java.util.ArrayList;
import java.util.List;

/**
 * An {@code open_clip_config.json}, read as open_clip 3.3.0 does (model.py, CLIPVisionCfg and
 * CLIPTextCfg give the defaults): what its models have alike. An architecture's own class makes
 * sizes of it.
 */
public final class OpenClipFile {
  public static final String FILE = "open_clip_config.json";

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

  private final JsonNode root;
  private final List<String> problems = new ArrayList<>();
  private final OpenClipSettings model;
  private final OpenClipSettings vision;
  private final OpenClipSettings text;
  private final int embedDim;
  private final boolean quick;

  /**
   * Takes the file apart.
   *
   * @param file its name, for messages
   * @throws FacetException usage, if it describes no model
   */
  public OpenClipFile(String file, JsonNode root) {
    if (!root.path("model_cfg").isObject() && !root.path("vision_cfg").isObject()) {
      throw FacetException.usage(
          file + " has no model_cfg, which says what the model is; copy the file again");
    }
    this.root = root;
    // The configs that open_clip ships with are the inner object alone.
    model =
        new OpenClipSettings("", root.has("model_cfg") ? root.get("model_cfg") : root, problems);
    vision = model.part("vision_cfg");
    text = model.part("text_cfg");
    embedDim = model.size("embed_dim", 512);
    quick = model.flag("quick_gelu");
    model.ignore("custom_text", "init_logit_scale", "nonscalar_logit_scale");
    if (model.has("multimodal_cfg")) {
      model.refuse("multimodal_cfg", "a CoCa, which writes captions");
    }
  }

  public OpenClipSettings model() {
    return model;
  }

  public OpenClipSettings vision() {
    return vision;
  }

  public OpenClipSettings text() {
    return text;
  }

  /** Width of the joint space. */
  public int embedDim() {
    return embedDim;
  }

  /** What stands beside the model's settings under this name. */
  public JsonNode beside(String key) {
    return root.path(key);
  }

  /** The same as settings whose problems are told with the others. */
  public OpenClipSettings settingsBeside(String key) {
    return new OpenClipSettings(key, root.path(key), problems);
  }

  /** All that cannot be taken as it stands, settings that nobody asked for among it. */
  public List<String> problems() {
    model.refuseUnknown();
    vision.refuseUnknown();
    text.refuseUnknown();
    return problems;
  }

  /** Refuses a tower whose blocks are of another kind. */
  public static void refuseVariants(OpenClipSettings tower) {
    tower.off(VARIANTS);
  }

  /** Sizes of the text tower that open_clip builds itself. */
  public TowerSize textTower() {
    if (text.has("hf_model_name")) {
      text.refuse("hf_model_name", "a text tower of Hugging Face's, not CLIP's");
      text.skip();
    }
    refuseVariants(text);
    text.off("embed_cls");
    text.only("proj_type", "linear", "linear");
    text.ignore("hf_tokenizer_name", "tokenizer_mode", "tokenizer_kwargs", "hf_model_pretrained");
    text.ignore("hf_proj_type", "hf_pooler_type", "eos_id", "pad_id");
    int width = text.size("width", 512);
    return tower(text, width, text.size("layers", 12), text.size("heads", 8), "heads");
  }

  /** Sizes of a tower, with the settings that both kinds of towers name alike. */
  public TowerSize tower(OpenClipSettings in, int width, int layers, int heads, String headsKey) {
    return fitting(
        new TowerSize(width, layers, heads, in.inner(width), in.activation(quick), in.eps()),
        in,
        headsKey);
  }

  /** The same tower; heads that do not divide its width are a problem. */
  public static TowerSize fitting(TowerSize tower, OpenClipSettings in, String headsKey) {
    if (tower.width() % tower.heads() != 0) {
      in.refuse(headsKey, "the width of " + tower.width() + " is no multiple");
    }
    return tower;
  }
}
