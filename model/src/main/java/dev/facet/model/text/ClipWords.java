package dev.facet.model.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How a CLIP {@code tokenizer.json} cuts text into words, put right in one place: OpenAI's pattern
 * ignores case (openai/CLIP, simple_tokenizer.py), by which the long s, "ſ", is an s after an
 * apostrophe. Published files do not say so, and cut by GPT-2's pattern a second time.
 */
final class ClipWords {
  private static final String PUBLISHED = "|'s|'t|";
  private static final String OPEN_AI = "|'[sſ]|'t|";

  private ClipWords() {}

  /** A copy with OpenAI's pattern; any other tokenizer as it is. */
  static JsonNode asOpenAi(JsonNode tokenizer) {
    JsonNode steps = tokenizer.path("pre_tokenizer").path("pretokenizers");
    String pattern = steps.path(0).path("pattern").path("Regex").asText();
    boolean two = steps.size() == 2 && steps.path(1).path("type").asText().equals("ByteLevel");
    if (!two || !pattern.contains(PUBLISHED)) {
      return tokenizer;
    }
    ObjectNode copy = ((ObjectNode) tokenizer).objectNode().setAll((ObjectNode) tokenizer);
    ObjectNode words = tokenizer.path("pre_tokenizer").deepCopy();
    ((ObjectNode) words.at("/pretokenizers/0/pattern"))
        .put("Regex", pattern.replace(PUBLISHED, OPEN_AI));
    ((ObjectNode) words.at("/pretokenizers/1")).put("use_regex", false);
    copy.set("pre_tokenizer", words);
    return copy;
  }
}
