package dev.facet.model.clip;

import dev.facet.model.names.NameRule;
import dev.facet.model.names.OpenClipNames;
import java.util.ArrayList;
import java.util.List;

/**
 * OpenCLIP's names of a CLIP's weights beside Hugging Face's (modeling_clip.py); see {@link
 * OpenClipNames}.
 */
final class ClipNames {
  private static final String TABLE =
      """
      logit_scale                                       scalar      logit_scale
      vision_model.embeddings.class_embedding           same        visual.class_embedding
      vision_model.embeddings.patch_embedding.weight    same        visual.conv1.weight
      vision_model.embeddings.position_embedding.weight same        visual.positional_embedding
      vision_model.pre_layrnorm.@                       same        visual.ln_pre.@
      vision_model.post_layernorm.@                     same        visual.ln_post.@
      visual_projection.weight                          transposed  visual.proj
      text_projection.weight                            transposed  <text>text_projection
      """;

  private ClipNames() {}

  /**
   * A CLIP with these numbers of blocks.
   *
   * @param apart whether the text tower's names stand behind {@link OpenClipNames#TEXT_PREFIX}
   */
  static List<NameRule> openClip(int visionBlocks, int textBlocks, boolean apart) {
    String text = apart ? OpenClipNames.TEXT_PREFIX : "";
    List<NameRule> rules = new ArrayList<>(OpenClipNames.table(TABLE + OpenClipNames.TEXT, text));
    rules.addAll(
        OpenClipNames.blocks(
            OpenClipNames.BLOCK,
            "vision_model.encoder.layers.",
            "visual.transformer.resblocks.",
            visionBlocks));
    rules.addAll(OpenClipNames.textBlocks(text, textBlocks));
    return rules;
  }
}
