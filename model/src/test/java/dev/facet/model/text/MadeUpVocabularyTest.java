package dev.facet.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against ids that other tokenizers gave, with small vocabularies made here and there alike. */
class MadeUpVocabularyTest {
  @TempDir Path folder;

  private JsonNode tokens = Json.LINE.missingNode();

  @BeforeEach
  void read() throws IOException {
    try (InputStream in = MadeUpVocabularyTest.class.getResourceAsStream("tokens.json")) {
      tokens = Json.LINE.readTree(Objects.requireNonNull(in));
    }
  }

  @Test
  void webCleanUpGivesTheIdsOfOpenAi() throws IOException {
    check(clip(), CaptionCleanup.WEB, "clip", item -> item.path("openai"));
  }

  @Test
  void noCleanUpGivesTheIdsOfHuggingFace() throws IOException {
    check(
        clip(),
        CaptionCleanup.NONE,
        "clip",
        item -> item.path(item.has("huggingface") ? "huggingface" : "openai"));
  }

  @Test
  void aBertVocabularyGivesBertsIds() throws IOException {
    check(bert(), CaptionCleanup.NONE, "bert", item -> item.path("ids"));
  }

  @Test
  void flipsCleanUpGivesFlipsIds() throws IOException {
    check(bert(), CaptionCleanup.FLIP, "flip", item -> item.path("ids"));
  }

  private Path clip() throws IOException {
    List<String> symbols = new ArrayList<>();
    for (String end : List.of("", BpeTrainer.END_OF_WORD)) {
      for (int id = 0; id < ByteAlphabet.SIZE; id++) {
        symbols.add(ByteAlphabet.symbol(id) + end);
      }
    }
    Set<String> merges = new LinkedHashSet<>();
    for (JsonNode word : tokens.path("words")) {
      String spelled = ByteAlphabet.spell(word.asText());
      for (int i = 1; i < spelled.length(); i++) {
        String end = i == spelled.length() - 1 ? BpeTrainer.END_OF_WORD : "";
        if (merges.add(spelled.substring(0, i) + " " + spelled.charAt(i) + end)) {
          symbols.add(spelled.substring(0, i + 1) + end);
        }
      }
    }
    Path file = folder.resolve("tokenizer.json");
    new BpeVocabulary(symbols, List.copyOf(merges)).write(file);
    return file;
  }

  private Path bert() throws IOException {
    List<String> lines = new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"));
    tokens.path("pieces").forEach(piece -> lines.add(piece.asText()));
    return Files.write(folder.resolve("vocab.txt"), lines);
  }

  /** One by one and all at once; what the file does not store is padding. */
  private void check(
      Path where, CaptionCleanup cleanup, String kind, Function<JsonNode, JsonNode> ids)
      throws IOException {
    int context = tokens.path("context").asInt();
    JsonNode items = tokens.path(kind);
    List<String> texts =
        StreamSupport.stream(items.spliterator(), false)
            .map(item -> item.path("text").asText())
            .toList();
    assertThat(texts).hasSizeGreaterThan(4);
    List<String> problems = new ArrayList<>();
    try (CaptionTokenizer tokenizer =
        CaptionTokenizer.open(TokenizerFiles.open(where), context, cleanup)) {
      LongBuffer together = LongBuffer.allocate(texts.size() * context);
      tokenizer.encode(texts, together);
      LongBuffer alone = LongBuffer.allocate(texts.size() * context);
      texts.forEach(text -> tokenizer.encode(text, alone));
      assertThat(together.array()).isEqualTo(alone.array());
      for (int i = 0; i < texts.size(); i++) {
        long[] stored = Json.LINE.convertValue(ids.apply(items.get(i)), long[].class);
        long[] expected = Arrays.copyOf(stored, context);
        Arrays.fill(expected, stored.length, context, tokenizer.padToken());
        long[] found = Arrays.copyOfRange(alone.array(), i * context, (i + 1) * context);
        if (!Arrays.equals(found, expected)) {
          problems.add(texts.get(i) + ": " + Arrays.toString(found));
        }
      }
    }
    assertThat(problems).isEmpty();
  }
}
