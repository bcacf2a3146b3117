package dev.facet.model.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * CLIP's tokenizer as OpenAI's first repositories have it: {@code vocab.json}, ids by symbol, and
 * {@code merges.txt}, a pair of symbols on each line in the order in which they are joined; as the
 * {@code tokenizer.json} that transformers makes of them.
 */
final class ClipMerges {
  /** The first line, which is no pair. */
  private static final String VERSION = "#version";

  private ClipMerges() {}

  /**
   * Reads both.
   *
   * @throws FacetException usage, if they are of another kind of tokenizer; run, if one is damaged
   */
  static ObjectNode read(Path vocabulary, Path merges, long mostBytes) throws IOException {
    ObjectNode ids = Json.read(vocabulary, ObjectNode.class, mostBytes);
    boolean clip = ids.has(BpeVocabulary.START) && ids.has(BpeVocabulary.END) && ids.has("a</w>");
    if (!clip) {
      throw FacetException.usage(
          ("%s has no %s and a</w>, so it is not CLIP's; transformers makes a tokenizer.json of it:"
                  + " AutoTokenizer.from_pretrained and save_pretrained")
              .formatted(vocabulary, BpeVocabulary.START));
    }
    for (JsonNode id : ids) {
      if (!id.isInt() || id.asInt() < 0) {
        throw FacetException.run(vocabulary + " has an id that is no whole number; copy it again");
      }
    }
    List<String> pairs =
        lines(merges).stream()
            .filter(line -> !line.isBlank() && !line.startsWith(VERSION))
            .toList();
    for (String pair : pairs) {
      String[] symbols = pair.split(" ", -1);
      if (symbols.length != 2 || !ids.has(symbols[0] + symbols[1])) {
        throw FacetException.run(
            "%s does not belong to %s: it joins to what has no id there; copy both again"
                .formatted(merges, vocabulary));
      }
    }
    return BpeVocabulary.tokenizer(ids, pairs);
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw FacetException.run(file + " is not UTF-8 text; copy it again", e);
    }
  }
}
