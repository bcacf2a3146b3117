package dev.facet.model.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * BERT's word pieces (Devlin et al. 2019, "BERT", section 3; google-research/bert, tokenization.py)
 * from a {@code vocab.txt}, one piece per line in the order of ids, as the {@code tokenizer.json}
 * that Hugging Face's tokenizers read.
 */
final class WordPieces {
  private static final String CLS = "[CLS]";
  private static final String SEP = "[SEP]";
  private static final String UNKNOWN = "[UNK]";
  private static final List<String> SPECIAL = List.of("[PAD]", UNKNOWN, CLS, SEP, "[MASK]");

  /** Longer words are unknown as a whole. */
  private static final int LONGEST_WORD = 100;

  private WordPieces() {}

  /**
   * Reads the vocabulary.
   *
   * @param settings of {@code tokenizer_config.json}: {@code do_lower_case} (true), {@code
   *     strip_accents} (as letters are made small or not), {@code tokenize_chinese_chars} (true)
   * @throws FacetException usage, if a token is missing that captions cannot do without
   */
  static ObjectNode read(Path vocabulary, JsonNode settings) throws IOException {
    ObjectNode pieces = Json.LINE.createObjectNode();
    int lines = 0;
    for (String piece : lines(vocabulary)) {
      pieces.put(piece, lines++);
    }
    for (String needed : List.of(UNKNOWN, CLS, SEP)) {
      if (!pieces.has(needed)) {
        throw FacetException.usage(
            vocabulary
                + " has no line "
                + needed
                + ", so it is not a BERT vocabulary; copy the vocab.txt or tokenizer.json that"
                + " belongs to the weights");
      }
    }
    return tokenizer(pieces, settings);
  }

  private static List<String> lines(Path vocabulary) throws IOException {
    try {
      return Files.readAllLines(vocabulary);
    } catch (CharacterCodingException e) {
      throw FacetException.run(vocabulary + " is not UTF-8 text; copy it again", e);
    }
  }

  private static ObjectNode tokenizer(ObjectNode pieces, JsonNode settings) {
    ObjectNode json = Json.LINE.createObjectNode();
    json.put("version", "1.0");
    json.putNull("truncation");
    json.putNull("padding");
    ArrayNode added = json.putArray("added_tokens");
    for (String special : SPECIAL) {
      if (pieces.has(special)) {
        BpeVocabulary.special(added.addObject(), special, pieces.path(special).asInt());
      }
    }
    ObjectNode normalizer = json.putObject("normalizer");
    normalizer.put("type", "BertNormalizer");
    normalizer.put("clean_text", true);
    normalizer.put("handle_chinese_chars", settings.path("tokenize_chinese_chars").asBoolean(true));
    JsonNode accents = settings.path("strip_accents");
    if (accents.isBoolean()) {
      normalizer.put("strip_accents", accents.asBoolean());
    } else {
      normalizer.putNull("strip_accents");
    }
    normalizer.put("lowercase", settings.path("do_lower_case").asBoolean(true));
    json.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    ObjectNode ends = json.putObject("post_processor");
    ends.put("type", "BertProcessing");
    ends.putArray("sep").add(SEP).add(pieces.path(SEP).asInt());
    ends.putArray("cls").add(CLS).add(pieces.path(CLS).asInt());
    json.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
    ObjectNode model = json.putObject("model");
    model.put("type", "WordPiece");
    model.put("unk_token", UNKNOWN);
    model.put("continuing_subword_prefix", "##");
    model.put("max_input_chars_per_word", LONGEST_WORD);
    model.set("vocab", pieces);
    return json;
  }
}
