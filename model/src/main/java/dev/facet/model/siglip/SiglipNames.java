package dev.facet.model.siglip;

import dev.facet.model.names.NameRule;
import dev.facet.model.names.OpenClipNames;
import java.util.ArrayList;
import java.util.List;

/**
 * OpenCLIP's and timm's names of a SigLIP's weights (vision_transformer.py, attention_pool.py)
 * beside Hugging Face's (modeling_siglip.py); see {@link OpenClipNames}.
 */
final class SiglipNames {
  private static final String TABLE =
      """
      logit_scale                                       single      logit_scale
      logit_bias                                        single      logit_bias
      vision_model.embeddings.patch_embedding.@         same        visual.trunk.patch_embed.proj.@
      vision_model.embeddings.position_embedding.weight leading_one visual.trunk.pos_embed
      vision_model.post_layernorm.@                     same        visual.trunk.norm.@
      vision_model.head.probe                           same        visual.trunk.attn_pool.latent
      vision_model.head.attention.in_proj_@             query_apart visual.trunk.attn_pool.[q,kv].@
      vision_model.head.attention.out_proj.@            same        visual.trunk.attn_pool.proj.@
      vision_model.head.layernorm.@                     same        visual.trunk.attn_pool.norm.@
      vision_model.head.mlp.fc1.@                       same        visual.trunk.attn_pool.mlp.fc1.@
      vision_model.head.mlp.fc2.@                       same        visual.trunk.attn_pool.mlp.fc2.@
      text_model.head.@                                 same        <text>text_projection.@
      """;

  private static final String TIMM_BLOCK =
      """
      layer_norm1.@                same    norm1.@
      self_attn.[q,k,v]_proj.@     fused   attn.qkv.@
      self_attn.out_proj.@         same    attn.proj.@
      layer_norm2.@                same    norm2.@
      mlp.fc1.@                    same    mlp.fc1.@
      mlp.fc2.@                    same    mlp.fc2.@
      """;

  private SiglipNames() {}

  /** A SigLIP, whose towers are always apart. */
  static List<NameRule> openClip(int visionBlocks, int textBlocks) {
    List<NameRule> rules =
        new ArrayList<>(OpenClipNames.table(TABLE + OpenClipNames.TEXT, OpenClipNames.TEXT_PREFIX));
    rules.addAll(
        OpenClipNames.blocks(
            TIMM_BLOCK, "vision_model.encoder.layers.", "visual.trunk.blocks.", visionBlocks));
    rules.addAll(OpenClipNames.textBlocks(OpenClipNames.TEXT_PREFIX, textBlocks));
    return rules;
  }
}
