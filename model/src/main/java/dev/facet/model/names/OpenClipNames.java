package dev.facet.model.names;

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

  /** Before and after the blocks of either text tower. */
  public static final String TEXT =
      """
      text_model.embeddings.token_embedding.weight      same        <text>token_embedding.weight
      text_model.embeddings.position_embedding.weight   same        <text>positional_embedding
      text_model.final_layer_norm.@                     same        <text>ln_final.@
      """;

  /** A block that open_clip builds itself. */
  public static final String BLOCK =
      """
      layer_norm1.@                same    ln_1.@
      self_attn.[q,k,v]_proj.@     fused   attn.in_proj_@
      self_attn.out_proj.@         same    attn.out_proj.@
      layer_norm2.@                same    ln_2.@
      mlp.fc1.@                    same    mlp.c_fc.@
      mlp.fc2.@                    same    mlp.c_proj.@
      """;

  private OpenClipNames() {}

  /** The blocks of a text tower. */
  public static List<NameRule> textBlocks(String text, int count) {
    return blocks(BLOCK, "text_model.encoder.layers.", text + "transformer.resblocks.", count);
  }

  /** One table for each of so many blocks, behind these beginnings. */
  public static List<NameRule> blocks(String table, String ours, String theirs, int count) {
    return IntStream.range(0, count)
        .boxed()
        .flatMap(i -> lines(table).flatMap(line -> rules(line, ours + i + ".", theirs + i + ".")))
        .toList();
  }

  /** A table with {@code <text>} filled in. */
  public static List<NameRule> table(String table, String text) {
    return lines(table.replace("<text>", text)).flatMap(line -> rules(line, "", "")).toList();
  }

  private static Stream<String[]> lines(String table) {
    return table.lines().map(line -> line.split("\\s+"));
  }

  private static Stream<NameRule> rules(String[] line, String ours, String theirs) {
    NameRule.Form form = NameRule.Form.valueOf(line[1].toUpperCase(Locale.ROOT));
    return NameRule.line(form, ours + line[0], theirs + line[2]);
  }
}
