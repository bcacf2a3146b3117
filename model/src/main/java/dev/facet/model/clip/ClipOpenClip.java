package dev.facet.model.clip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.model.Architecture;
import dev.facet.model.OpenClipForm;
import dev.facet.model.config.OpenClipFile;
import dev.facet.model.config.OpenClipSettings;
import dev.facet.model.config.OpenClipTower;
import dev.facet.model.config.SizeLimits;
import dev.facet.model.config.TowerSize;
import dev.facet.model.names.NameRule;
import dev.facet.model.ops.Activation;
import java.util.List;
import java.util.function.Supplier;

/** A CLIP with a ViT as open_clip describes it. */
record ClipOpenClip(ClipConfig config) implements OpenClipForm {
  /** The end token of a CLIP that open_clip reads at the highest id, beside {@code model_cfg}. */
  private static final String END = "eos_token_id";

  /** Reads the sizes; what is not supported is among the file's problems. */
  static Supplier<Architecture> read(OpenClipFile file) {
    OpenClipSettings model = file.model();
    OpenClipSettings vision = file.vision();
    OpenClipSettings text = file.text();
    model.off("init_logit_bias");
    if (vision.isList("layers")) {
      vision.refuse("layers", "a ResNet, not a ViT");
      vision.skip();
    }
    vision.off("attentional_pool", "no_ln_pre");
    OpenClipFile.refuseVariants(vision);
    vision.ignore("patch_dropout", "pos_embed_type", "attn_pooler_queries", "attn_pooler_heads");
    vision.ignore("timm_model_name", "timm_model_pretrained", "timm_pool", "timm_proj");
    vision.ignore("timm_proj_bias", "timm_drop", "timm_drop_path");
    vision.only("pool_type", "tok", "tok");
    int image = vision.side("image_size", 224);
    int patch = vision.side("patch_size", 16);
    int width = vision.size("width", 768);
    int heads = Math.max(1, width / vision.size("head_width", 64));
    TowerSize tower = file.tower(vision, width, vision.size("layers", 12), heads, "head_width");
    if (patch > image) {
      vision.refuse("patch_size", "it is larger than image_size " + image);
    } else if (SizeLimits.tooMany(image, patch)) {
      vision.refuse("patch_size", "it makes more than " + SizeLimits.PATCHES + " patches");
    }
    TowerSize textTower = file.textTower();
    text.off("no_causal_mask", "proj_bias");
    text.only("pool_type", "argmax", "argmax", "eos");
    int vocabulary = text.size("vocab_size", 49_408);
    int context = text.size("context_length", 77);
    int eos = text.word("pool_type", "argmax").equals("eos") ? text.token("eos_id", 2) : end(file);
    int pad = text.token("pad_id", 0);
    return () ->
        new ClipConfig(
            file.embedDim(),
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

  private static int end(OpenClipFile file) {
    JsonNode end = file.beside(END);
    return end.isInt() ? end.asInt() : ClipConfig.HIGHEST;
  }

  @Override
  public List<NameRule> names(boolean apart) {
    return ClipNames.openClip(config.vision().layers(), config.text().layers(), apart);
  }

  @Override
  public void write(ObjectNode json, ObjectNode model) {
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
    OpenClipTower.put(vision, config.vision());
    ObjectNode text = model.putObject("text_cfg");
    text.put("heads", config.text().heads());
    OpenClipTower.put(text, config.text());
    if (config.eosToken() == config.vocabSize() - 1) {
      // Where the end is the highest id, every open_clip reads there, old ones too, which know no
      // pool_type eos. The way back needs the number.
      json.put(END, config.eosToken());
    } else if (!config.readsHighest()) {
      text.put("pool_type", "eos");
      text.put("eos_id", config.eosToken());
    }
  }
}
