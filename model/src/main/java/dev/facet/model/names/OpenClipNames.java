package dev.facet.model.names;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * OpenCLIP's names beside Hugging Face's, a line each: theirs are those of openai/CLIP (model.py)
 * and mlfoundations/open_clip (model.py, transformer.py), of the timm image towers that it wraps
 * (vision_transformer.py, attention_pool.py), and ours those of transformers (modeling_clip.py,
 * modeling_siglip.py). {@code @} stands for weight and bias.
 */
public final class OpenClipNames {
  /** The text tower of a model whose two towers are classes of their own has names behind this. */
  public static final String TEXT_PREFIX = "text.";

  private static final String CLIP =
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

  private static final String SIGLIP =
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

  /** Before and after the blocks of either text tower. */
  private static final String TEXT =
      """
      text_model.embeddings.token_embedding.weight      same        <text>token_embedding.weight
      text_model.embeddings.position_embedding.weight   same        <text>positional_embedding
      text_model.final_layer_norm.@                     same        <text>ln_final.@
      """;

  private static final String BLOCK =
      """
      layer_norm1.@                same    ln_1.@
      self_attn.[q,k,v]_proj.@     fused   attn.in_proj_@
      self_attn.out_proj.@         same    attn.out_proj.@
      layer_norm2.@                same    ln_2.@
      mlp.fc1.@                    same    mlp.c_fc.@
      mlp.fc2.@                    same    mlp.c_proj.@
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

  private OpenClipNames() {}

  /**
   * A CLIP with these numbers of blocks.
   *
   * @param apart whether the text tower's names stand behind {@link #TEXT_PREFIX}
   */
  public static List<Rule> clip(int visionBlocks, int textBlocks, boolean apart) {
    String text = apart ? TEXT_PREFIX : "";
    List<Rule> rules = new ArrayList<>(table(CLIP + TEXT, text));
    rules.addAll(
        blocks(
            BLOCK, "vision_model.encoder.layers.", "visual.transformer.resblocks.", visionBlocks));
    rules.addAll(textBlocks(text, textBlocks));
    return rules;
  }

  /** A SigLIP, whose towers are always apart. */
  public static List<Rule> siglip(int visionBlocks, int textBlocks) {
    List<Rule> rules = new ArrayList<>(table(SIGLIP + TEXT, TEXT_PREFIX));
    rules.addAll(
        blocks(TIMM_BLOCK, "vision_model.encoder.layers.", "visual.trunk.blocks.", visionBlocks));
    rules.addAll(textBlocks(TEXT_PREFIX, textBlocks));
    return rules;
  }

  private static List<Rule> textBlocks(String text, int count) {
    return blocks(BLOCK, "text_model.encoder.layers.", text + "transformer.resblocks.", count);
  }

  private static List<Rule> blocks(String table, String ours, String theirs, int count) {
    return IntStream.range(0, count)
        .boxed()
        .flatMap(i -> lines(table).flatMap(line -> rules(line, ours + i + ".", theirs + i + ".")))
        .toList();
  }

  private static List<Rule> table(String table, String text) {
    return lines(table.replace("<text>", text)).flatMap(line -> rules(line, "", "")).toList();
  }

  private static Stream<String[]> lines(String table) {
    return table.lines().map(line -> line.split("\\s+"));
  }

  private static Stream<Rule> rules(String[] line, String ours, String theirs) {
    Rule.Form form = Rule.Form.valueOf(line[1].toUpperCase(Locale.ROOT));
    return Rule.line(form, ours + line[0], theirs + line[2]);
  }
}
