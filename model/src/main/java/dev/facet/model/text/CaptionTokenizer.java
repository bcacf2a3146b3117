package dev.facet.model.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Captions to token ids, by any {@code tokenizer.json}. A caption becomes start, tokens, end, and
 * padding; one that is too long is cut and still ends with the end token, as CLIP's own tokenizer
 * does (openai/CLIP, clip.py, tokenize with truncate). Thread-safe.
 */
public final class CaptionTokenizer implements AutoCloseable {
  private static final Map<String, String> PLAIN =
      Map.of("padding", "do_not_pad", "truncation", "do_not_truncate");

  private final HuggingFaceTokenizer tokenizer;
  private final Path file;
  private final int contextLength;
  private final long start;
  private final long end;

  private CaptionTokenizer(HuggingFaceTokenizer tokenizer, Path file, int contextLength) {
    this.tokenizer = tokenizer;
    this.file = file;
    this.contextLength = contextLength;
    long[] none = tokenizer.encode("").getIds();
    if (none.length != 2) {
      throw FacetException.usage(
          file
              + " adds "
              + none.length
              + " special tokens to a caption, expected a start and an end; its post_processor"
              + " must add both");
    }
    this.start = none[0];
    this.end = none[1];
  }

  /** Opens a {@code tokenizer.json}; captions become {@code contextLength} ids. */
  public static CaptionTokenizer open(Path file, int contextLength) {
    if (!Files.isRegularFile(file)) {
      throw FacetException.usage(
          "model.tokenizer: " + file + " does not exist; give the path of a tokenizer.json");
    }
    try {
      return new CaptionTokenizer(
          HuggingFaceTokenizer.newInstance(file, PLAIN), file, contextLength);
    } catch (IOException | RuntimeException e) {
      if (e instanceof FacetException known) {
        throw known;
      }
      throw FacetException.run(file + " is not a readable tokenizer.json: " + e.getMessage(), e);
    }
  }

  public Path file() {
    return file;
  }

  public int contextLength() {
    return contextLength;
  }

  public int startToken() {
    return Math.toIntExact(start);
  }

  /** Number of ids, special ones included. */
  public int vocabularySize() throws IOException {
    JsonNode json = Json.read(file, JsonNode.class);
    int size = json.path("model").path("vocab").size();
    for (JsonNode token : json.path("added_tokens")) {
      size = Math.max(size, token.path("id").asInt() + 1);
    }
    return size;
  }

  public int endToken() {
    return Math.toIntExact(end);
  }

  /**
   * Writes exactly {@link #contextLength} ids at the buffer's position; padding repeats the end
   * token, of which models read the first.
   */
  public void encode(String caption, LongBuffer ids) {
    long[] tokens = tokenizer.encode(caption).getIds();
    long[] row = Arrays.copyOf(tokens, contextLength);
    if (tokens.length < contextLength) {
      Arrays.fill(row, tokens.length, contextLength, end);
    } else {
      row[contextLength - 1] = end;
    }
    ids.put(row);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
