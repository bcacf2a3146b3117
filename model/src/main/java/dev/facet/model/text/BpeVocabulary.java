package dev.facet.model.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A learned vocabulary and how to write it as a {@code tokenizer.json} that Hugging Face's
 * tokenizers read as a CLIP tokenizer.
 *
 * @param symbols bytes, word-ending bytes and merged symbols, by id
 * @param merges pairs of symbols separated by a space, in the order they apply
 */
public record BpeVocabulary(List<String> symbols, List<String> merges) {
  static final String START = "<|startoftext|>";
  static final String END = "<|endoftext|>";

  /** Number of ids: symbols, start and end. */
  public int size() {
    return symbols.size() + 2;
  }

  /** Writes the file, whole or not at all. */
  public void write(Path file) throws IOException {
    ObjectNode ids = Json.PRETTY.createObjectNode();
    for (int id = 0; id < symbols.size(); id++) {
      ids.put(symbols.get(id), id);
    }
    ids.put(START, size() - 2).put(END, size() - 1);
    Staged.write(file, Json.PRETTY.writeValueAsString(tokenizer(ids, merges)) + "\n");
  }

  /**
   * What a {@code tokenizer.json} of a CLIP holds (huggingface/transformers, tokenization_clip.py).
   *
   * @param ids of all symbols, of {@link #START} and {@link #END} too
   */
  static ObjectNode tokenizer(ObjectNode ids, List<String> merges) {
    int start = ids.path(START).asInt();
    int end = ids.path(END).asInt();
    ObjectNode json = Json.PRETTY.createObjectNode();
    json.put("version", "1.0");
    json.putNull("truncation");
    json.putNull("padding");
    ArrayNode added = json.putArray("added_tokens");
    special(added.addObject(), START, start);
    special(added.addObject(), END, end);
    normalizer(json.putObject("normalizer"));
    preTokenizer(json.putObject("pre_tokenizer"));
    postProcessor(json.putObject("post_processor"), start, end);
    byteLevel(json.putObject("decoder"), true);
    model(json.putObject("model"), ids, merges);
    return json;
  }

  static void special(ObjectNode token, String content, int id) {
    token.put("id", id);
    token.put("content", content);
    token.put("single_word", false);
    token.put("lstrip", false);
    token.put("rstrip", false);
    token.put("normalized", false);
    token.put("special", true);
  }

  private static void normalizer(ObjectNode json) {
    json.put("type", "Sequence");
    ArrayNode steps = json.putArray("normalizers");
    steps.addObject().put("type", "NFC");
    ObjectNode spaces = steps.addObject().put("type", "Replace");
    spaces.putObject("pattern").put("Regex", "\\s+");
    spaces.put("content", " ");
    steps.addObject().put("type", "Lowercase");
  }

  private static void preTokenizer(ObjectNode json) {
    json.put("type", "Sequence");
    ArrayNode steps = json.putArray("pretokenizers");
    ObjectNode split = steps.addObject().put("type", "Split");
    split.putObject("pattern").put("Regex", BpeTrainer.WORDS);
    split.put("behavior", "Removed");
    split.put("invert", true);
    byteLevel(steps.addObject(), false);
  }

  private static void byteLevel(ObjectNode json, boolean prefixSpace) {
    json.put("type", "ByteLevel");
    json.put("add_prefix_space", prefixSpace);
    json.put("trim_offsets", true);
    json.put("use_regex", true);
  }

  private static void postProcessor(ObjectNode json, int start, int end) {
    json.put("type", "RobertaProcessing");
    json.putArray("sep").add(END).add(end);
    json.putArray("cls").add(START).add(start);
    json.put("trim_offsets", false);
    json.put("add_prefix_space", false);
  }

  private static void model(ObjectNode json, ObjectNode ids, List<String> merges) {
    json.put("type", "BPE");
    json.putNull("dropout");
    json.put("unk_token", END);
    json.put("continuing_subword_prefix", "");
    json.put("end_of_word_suffix", BpeTrainer.END_OF_WORD);
    json.put("fuse_unk", false);
    json.put("byte_fallback", false);
    json.set("vocab", ids);
    ArrayNode rules = json.putArray("merges");
    merges.forEach(rules::add);
  }
}
