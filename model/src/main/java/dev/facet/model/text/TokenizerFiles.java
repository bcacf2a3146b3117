package dev.facet.model.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A model's tokenizer as it lies in files: {@code tokenizer.json}, or CLIP's {@code vocab.json} and
 * {@code merges.txt}, or BERT's {@code vocab.txt}, and beside it {@code tokenizer_config.json} and
 * {@code special_tokens_map.json}.
 *
 * <p>Facet keeps one key of its own in {@code tokenizer_config.json}, {@code {"facet":
 * {"caption_cleanup": "web"}}}: the {@link CaptionCleanup} that the model was trained with. Other
 * programs pass it over.
 */
public final class TokenizerFiles {
  public static final String TOKENIZER = "tokenizer.json";
  public static final String SETTINGS = "tokenizer_config.json";

  private static final String WORD_PIECES = "vocab.txt";
  private static final String SYMBOLS = "vocab.json";
  private static final String MERGES = "merges.txt";
  private static final String SPECIAL_TOKENS = "special_tokens_map.json";
  private static final String FACET = "facet";
  private static final String CLEANUP = "caption_cleanup";

  /** Those of large vocabularies have tens of megabytes. */
  private static final long MAX_TOKENIZER = 256L << 20;

  private final Path file;
  private final JsonNode json;
  private final ObjectNode settings;
  private final String padToken;

  private TokenizerFiles(Path file, JsonNode json, ObjectNode settings, String padToken) {
    this.file = file;
    this.json = json;
    this.settings = settings;
    this.padToken = padToken;
  }

  /**
   * Reads them.
   *
   * @param where a model folder, a {@code tokenizer.json} or a {@code vocab.txt}
   * @throws FacetException usage, if there is no tokenizer; run, if it cannot be read
   */
  public static TokenizerFiles open(Path where) throws IOException {
    Path file = Files.isDirectory(where) ? inside(where) : where;
    if (!Files.isRegularFile(file)) {
      throw FacetException.usage(
          "model.tokenizer: "
              + file
              + " does not exist; give the path of a tokenizer.json, or of a vocab.txt of BERT");
    }
    ObjectNode settings = object(file.resolveSibling(SETTINGS));
    JsonNode json;
    if (isPart(file)) {
      json = ClipMerges.read(file, file.resolveSibling(MERGES), MAX_TOKENIZER);
    } else if (isJson(file)) {
      json = Json.read(file, JsonNode.class, MAX_TOKENIZER);
    } else {
      json = WordPieces.read(file, settings);
    }
    String pad = text(settings.path("pad_token"));
    if (pad.isEmpty()) {
      pad = text(object(file.resolveSibling(SPECIAL_TOKENS)).path("pad_token"));
    }
    return new TokenizerFiles(file, json, settings, pad);
  }

  /** Whether a folder holds a tokenizer that can be read. */
  public static boolean in(Path folder) {
    return Stream.of(TOKENIZER, SYMBOLS, WORD_PIECES)
        .map(folder::resolve)
        .anyMatch(file -> Files.isRegularFile(file) && (!file.endsWith(SYMBOLS) || isPart(file)));
  }

  /** Whether this is a vocabulary whose other half lies beside it. */
  private static boolean isPart(Path file) {
    return file.endsWith(SYMBOLS) && Files.isRegularFile(file.resolveSibling(MERGES));
  }

  private static Path inside(Path folder) {
    Path json = folder.resolve(TOKENIZER);
    if (Files.isRegularFile(json)) {
      return json;
    }
    if (in(folder)) {
      Path symbols = folder.resolve(SYMBOLS);
      return isPart(symbols) ? symbols : folder.resolve(WORD_PIECES);
    }
    String other = "";
    for (String name :
        List.of("spiece.model", "sentencepiece.bpe.model", "tokenizer.model", "vocab.json")) {
      if (Files.isRegularFile(folder.resolve(name))) {
        other =
            " ("
                + name
                + " alone is not enough; transformers writes the file:"
                + " AutoTokenizer.from_pretrained and save_pretrained)";
      }
    }
    throw FacetException.usage(
        folder
            + " has no "
            + TOKENIZER
            + other
            + ": copy the one that was published with the weights there, or name one with"
            + " model.tokenizer");
  }

  /** The file that ids come from. */
  public Path file() {
    return file;
  }

  /** What a {@code tokenizer.json} of it holds. */
  public String tokenizer() throws IOException {
    return isJson(file) && !isPart(file)
        ? Files.readString(file)
        : Json.PRETTY.writeValueAsString(json) + "\n";
  }

  JsonNode json() {
    return json;
  }

  /** Number of ids, special ones included. */
  public int vocabularySize() {
    JsonNode vocabulary = json.path("model").path("vocab");
    int size = vocabulary.isArray() ? vocabulary.size() : 0;
    if (vocabulary.isObject()) {
      for (JsonNode id : vocabulary) {
        size = Math.max(size, id.asInt() + 1);
      }
    }
    for (JsonNode token : json.path("added_tokens")) {
      size = Math.max(size, token.path("id").asInt() + 1);
    }
    return size;
  }

  /** The id of a token, if the vocabulary has it. */
  OptionalInt id(String token) {
    for (JsonNode added : json.path("added_tokens")) {
      if (added.path("content").asText().equals(token)) {
        return OptionalInt.of(added.path("id").asInt());
      }
    }
    JsonNode vocabulary = json.path("model").path("vocab");
    if (vocabulary.isArray()) {
      for (int id = 0; id < vocabulary.size(); id++) {
        if (vocabulary.path(id).path(0).asText().equals(token)) {
          return OptionalInt.of(id);
        }
      }
    }
    return vocabulary.path(token).isInt()
        ? OptionalInt.of(vocabulary.path(token).asInt())
        : OptionalInt.empty();
  }

  /**
   * The id that fills a caption up. The first of these that there is: {@code pad_token} in {@code
   * tokenizer_config.json}, then in {@code special_tokens_map.json}; {@code pad_id} in the padding
   * of {@code tokenizer.json}; a token named [PAD], which is BERT's. Empty if no file says it.
   */
  OptionalInt padId() {
    if (!padToken.isEmpty() && id(padToken).isPresent()) {
      return id(padToken);
    }
    JsonNode padding = json.path("padding").path("pad_id");
    return padding.isInt() ? OptionalInt.of(padding.asInt()) : id("[PAD]");
  }

  /**
   * The clean-up these files ask for.
   *
   * @param usual where they say nothing
   */
  public CaptionCleanup cleanup(CaptionCleanup usual) {
    JsonNode remembered = settings.path(FACET).path(CLEANUP);
    return remembered.isMissingNode()
        ? usual
        : CaptionCleanup.of(remembered.asText(), file.resolveSibling(SETTINGS));
  }

  /** Whether the vocabulary is SentencePiece's of whole pieces with probabilities. */
  public boolean isUnigram() {
    return json.path("model").path("type").asText().equals("Unigram");
  }

  /** What {@code tokenizer_config.json} holds beside a checkpoint trained with this clean-up. */
  public String settings(int contextLength, CaptionCleanup cleanup) throws IOException {
    ObjectNode out = settings.deepCopy();
    if (!out.has("tokenizer_class")) {
      out.put("tokenizer_class", tokenizerClass());
    }
    out.put("model_max_length", contextLength);
    if (!padToken.isEmpty()) {
      out.put("pad_token", padToken);
    }
    out.putObject(FACET).put(CLEANUP, cleanup.label());
    return Json.PRETTY.writeValueAsString(out) + "\n";
  }

  private String tokenizerClass() {
    if (json.path("model").path("type").asText().equals("WordPiece")) {
      return "BertTokenizer";
    }
    boolean clip = json.path("model").path("end_of_word_suffix").asText().equals("</w>");
    return clip ? "CLIPTokenizer" : "PreTrainedTokenizerFast";
  }

  private static boolean isJson(Path file) {
    return file.toString().endsWith(".json");
  }

  private static ObjectNode object(Path file) throws IOException {
    return Files.isRegularFile(file)
        ? Json.read(file, ObjectNode.class)
        : Json.LINE.createObjectNode();
  }

  /** A token stands as text, or as an object that says more about it. */
  private static String text(JsonNode token) {
    return token.isObject() ? token.path("content").asText() : token.asText("");
  }
}
