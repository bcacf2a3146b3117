package dev.facet.model.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Captions to token ids, by any {@code tokenizer.json}. A caption is cleaned up, cut into tokens
 * and put between the tokenizer's own: CLIP's start and end, BERT's [CLS] and [SEP], SigLIP's end
 * alone. One that is too long loses its last tokens, never those that stand at its end; a short one
 * is padded. Thread-safe.
 */
public final class CaptionTokenizer implements AutoCloseable {
  private static final Map<String, String> PLAIN =
      Map.of("padding", "do_not_pad", "truncation", "do_not_truncate");

  private final HuggingFaceTokenizer tokenizer;
  private final Path file;
  private final int contextLength;
  private final CaptionCleanup cleanup;
  private final int vocabularySize;
  private final int decodeToken;
  private final int encodeToken;
  private final long[] prefix;
  private final long[] suffix;
  private final long pad;

  private CaptionTokenizer(
      HuggingFaceTokenizer tokenizer,
      TokenizerFiles files,
      int contextLength,
      CaptionCleanup cleanup) {
    this.tokenizer = tokenizer;
    this.file = files.file();
    this.contextLength = contextLength;
    this.cleanup = cleanup;
    this.vocabularySize = files.vocabularySize();
    this.decodeToken = files.id("[DEC]").orElse(vocabularySize);
    this.encodeToken = files.id("[ENC]").orElse(vocabularySize + 1);
    long[] none = tokens("");
    long[] letter = tokens("a");
    int common = Math.max(0, Arrays.mismatch(none, letter));
    this.prefix = Arrays.copyOf(none, common);
    this.suffix = Arrays.copyOfRange(none, common, none.length);
    if (contextLength <= none.length) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "a context of %d tokens holds nothing beside the %d that %s puts around a caption;"
                  + " raise model.context_length",
              contextLength,
              none.length,
              file));
    }
    // CLIP's end, of which models read the first, and SigLIP's, which is its padding as well.
    long end = suffix.length > 0 ? suffix[suffix.length - 1] : files.id("<pad>").orElse(0);
    this.pad = files.padId().isPresent() ? files.padId().getAsInt() : end;
  }

  /** As {@link #open(TokenizerFiles, int, CaptionCleanup)}, with no clean-up. */
  public static CaptionTokenizer open(Path where, int contextLength) throws IOException {
    return open(TokenizerFiles.open(where), contextLength, CaptionCleanup.NONE);
  }

  /**
   * Opens a tokenizer.
   *
   * @param contextLength ids per caption
   * @throws FacetException run, if the file is no tokenizer; usage, if the context is too short
   */
  public static CaptionTokenizer open(
      TokenizerFiles files, int contextLength, CaptionCleanup cleanup) throws IOException {
    JsonNode json = cleanup == CaptionCleanup.WEB ? ClipWords.asOpenAi(files.json()) : files.json();
    HuggingFaceTokenizer tokenizer;
    try {
      tokenizer =
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(Json.LINE.writeValueAsBytes(json)), PLAIN);
    } catch (IOException | RuntimeException e) {
      throw FacetException.run(
          files.file()
              + " is not a readable tokenizer.json: "
              + e.getMessage()
              + "; copy it again from where the weights came from",
          e);
    }
    try {
      return new CaptionTokenizer(tokenizer, files, contextLength, cleanup);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  public Path file() {
    return file;
  }

  public int contextLength() {
    return contextLength;
  }

  public CaptionCleanup cleanup() {
    return cleanup;
  }

  /** Number of ids, special ones included. */
  public int vocabularySize() {
    return vocabularySize;
  }

  /**
   * The id before every caption.
   *
   * @throws FacetException usage, if there is none, as with SigLIP
   */
  public int startToken() {
    return only(prefix, "start");
  }

  /**
   * The id after every caption.
   *
   * @throws FacetException usage, if there is none
   */
  public int endToken() {
    return only(suffix, "end");
  }

  /** The id that fills a caption up to the context length. */
  public int padToken() {
    return Math.toIntExact(pad);
  }

  /** Ids that no word of a caption has: those before it, after it, and the padding. */
  public List<Long> ownTokens() {
    return LongStream.concat(
            LongStream.concat(LongStream.of(prefix), LongStream.of(suffix)), LongStream.of(pad))
        .boxed()
        .toList();
  }

  /** FLIP's [DEC], its first addition to BERT's vocabulary; it may lie behind all ids here. */
  public int decodeToken() {
    return decodeToken;
  }

  /**
   * FLIP's [ENC], its second addition, which takes the place of [CLS] where a caption is matched
   * with a picture; it may lie behind all ids here.
   */
  public int encodeToken() {
    return encodeToken;
  }

  /** Tokens that a caption would take if it were not cut, with those around it. */
  public int length(String caption) {
    return tokens(cleanup.apply(caption)).length;
  }

  /** Writes exactly {@link #contextLength} ids at the buffer's position. */
  public void encode(String caption, LongBuffer ids) {
    ids.put(row(caption));
  }

  /** As {@link #encode(String, LongBuffer)} for one caption after the other, on several threads. */
  public void encode(List<String> captions, LongBuffer ids) {
    captions.parallelStream().map(this::row).forEachOrdered(ids::put);
  }

  private long[] row(String caption) {
    long[] tokens = tokens(cleanup.apply(caption));
    long[] row = Arrays.copyOf(tokens, contextLength);
    if (tokens.length < contextLength) {
      Arrays.fill(row, tokens.length, contextLength, pad);
    } else {
      System.arraycopy(suffix, 0, row, contextLength - suffix.length, suffix.length);
    }
    return row;
  }

  private long[] tokens(String text) {
    try {
      // One by one: the library's batchEncode ends the process where this one throws.
      return tokenizer.encode(text).getIds();
    } catch (RuntimeException e) {
      throw FacetException.run(
          file + " cannot turn a caption into ids: " + e.getMessage() + "; copy the file again", e);
    }
  }

  private int only(long[] tokens, String which) {
    if (tokens.length != 1) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "%s puts %d %s tokens on a caption, but this model needs exactly one; take the"
                  + " tokenizer that belongs to the model",
              file,
              tokens.length,
              which));
    }
    return Math.toIntExact(tokens[0]);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
