package dev.facet.model.siglip;

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
import java.util.Optional;
import java.util.function.Supplier;

/** A SigLIP as open_clip describes it: an image tower of timm's, by name, and a text tower. */
record SiglipOpenClip(SiglipConfig config) implements OpenClipForm {
  /** Sizes of an image tower that timm has no name for, beside {@code model_cfg}. */
  private static final String TRUNK = "tiny_override";

  /** SigLIP 2 reads captions with Gemma's tokenizer, which pads with 0; SigLIP's own with 1. */
  private static final int GEMMA_VOCABULARY = 256_000;

  /** Reads the sizes; what is not supported is among the file's problems. */
  static Supplier<Architecture> read(OpenClipFile file) {
    OpenClipSettings model = file.model();
    OpenClipSettings vision = file.vision();
    OpenClipSettings text = file.text();
    OpenClipSettings trunk = file.settingsBeside(TRUNK);
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
    TowerSize tower = own ? trunk(trunk) : known.orElse(TimmSiglip.BASE_16_224).tower();
    int image = vision.side("image_size", known.map(each -> each.image).orElse(224));
    int size = own ? trunk.size("img_size", image) : image;
    int patch = own ? trunk.size("patch_size", 16) : known.map(each -> each.patch).orElse(16);
    if (patch > size) {
      vision.refuse("image_size", "it is smaller than a patch of " + patch + " pixels");
    } else if (SizeLimits.tooMany(size, patch)) {
      vision.refuse("image_size", "it makes more than " + SizeLimits.PATCHES + " patches");
    }
    if (known.isPresent() && tower.width() != file.embedDim()) {
      model.refuse("embed_dim", "the image tower is " + tower.width() + " wide");
    }
    TowerSize textTower = file.textTower();
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
        new SiglipConfig(
            file.embedDim(), size, patch, tower, vocabulary, context, eos, pad, textTower);
  }

  /** The sizes of {@link #TRUNK}, named like the arguments of timm's VisionTransformer. */
  private static TowerSize trunk(OpenClipSettings trunk) {
    trunk.ignore("comment");
    trunk.off("class_token");
    trunk.only("global_pool", "map", "map");
    trunk.only("act_layer", "gelu", "gelu", "gelu_tanh");
    int width = trunk.size("embed_dim", 768);
    TowerSize tower =
        new TowerSize(
            width,
            trunk.size("depth", 12),
            trunk.size("num_heads", 12),
            trunk.inner(width),
            trunk.word("act_layer", "gelu").equals("gelu") ? Activation.GELU : Activation.GELU_TANH,
            trunk.number("norm_eps", TimmSiglip.EPS));
    trunk.size("img_size", 224);
    trunk.size("patch_size", 16);
    trunk.refuseUnknown();
    return OpenClipFile.fitting(tower, trunk, "num_heads");
  }

  @Override
  public List<NameRule> names(boolean apart) {
    return SiglipNames.openClip(config.vision().layers(), config.text().layers());
  }

  @Override
  public void write(ObjectNode json, ObjectNode model) {
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
      trunk(json.putObject(TRUNK));
    }
    ObjectNode text = model.putObject("text_cfg");
    text.put("heads", config.text().heads());
    OpenClipTower.put(text, config.text());
    text.put("no_causal_mask", true);
    text.put("proj_bias", true);
    text.put("pool_type", "last");
    text.put("eos_id", config.eosToken());
  }

  /** What timm's name does not say: sizes of its own, or only another activation. */
  private void trunk(ObjectNode json) {
    TowerSize tower = config.vision();
    if (tower.activation() == Activation.QUICK_GELU) {
      throw FacetException.usage(
          "timm's SigLIP has no quick_gelu in its image tower; export with --to huggingface");
    }
    json.put("img_size", config.imageSize());
    json.put("patch_size", config.patchSize());
    json.put("embed_dim", tower.width());
    json.put("depth", tower.layers());
    json.put("num_heads", tower.heads());
    json.put("mlp_ratio", OpenClipTower.ratio(tower));
    json.put("class_token", false);
    json.put("global_pool", "map");
    json.put("act_layer", tower.activation() == Activation.GELU ? "gelu" : "gelu_tanh");
    json.put("norm_eps", tower.normEps());
  }

  @Override
  public Optional<String> difference() {
    Optional<TimmSiglip> known = TimmSiglip.sized(config);
    if (known.isEmpty()) {
      return Optional.of(
          "timm has no SigLIP image tower of these sizes, so open_clip cannot build this model;"
              + " Facet can open it again");
    }
    Activation own = config.vision().activation();
    Activation theirs = known.get().tower().activation();
    return own == theirs
        ? Optional.empty()
        : Optional.of(
            "open_clip computes the image tower of %s with %s, this model has %s; features differ by some 1e-4"
                .formatted(known.get().label(), theirs.label(), own.label()));
  }
}
