package dev.facet.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against ids that the published tokenizers gave. */
@Tag("kit")
class GoldenTokenizerTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("facet.shared", "../../shared"), "golden/tokenizer");

  /** Text decoded with the wrong alphabet, which ftfy guesses right and this clean-up leaves. */
  private static final List<String> WRONG_ALPHABET =
      List.of("cafÃ© mojibake", "â€œquotedâ€\u009d", "itâ€™s broken", "naÃ¯ve rÃ©sumÃ©");

  @TempDir Path folder;

  @Test
  void webCleanUpGivesTheIdsOfOpenAi() throws IOException {
    JsonNode items = read("clip_bpe.json").path("items");
    assertThat(items.size()).isGreaterThanOrEqualTo(300);
    assertSame(
        GOLDEN.resolve("tokenizer.json"),
        77,
        CaptionCleanup.WEB,
        items,
        item ->
            item.path(
                WRONG_ALPHABET.contains(item.path("text").asText()) ? "ids_without_ftfy" : "ids"));
  }

  @Test
  void noCleanUpGivesTheIdsOfHuggingFace() throws IOException {
    assertSame(
        GOLDEN.resolve("tokenizer.json"),
        77,
        CaptionCleanup.NONE,
        read("clip_bpe.json").path("items"),
        item -> item.path(item.has("ids_hf") ? "ids_hf" : "ids"));
  }

  @Test
  void vocabularyAndMergesInFilesOfTheirOwnGiveTransformersIds() throws IOException {
    JsonNode model = read("tokenizer.json").path("model");
    Files.writeString(folder.resolve("vocab.json"), model.path("vocab").toString());
    StringBuilder merges = new StringBuilder("#version: 0.2\n");
    model.path("merges").forEach(pair -> merges.append(pair.asText()).append('\n'));
    Files.writeString(folder.resolve("merges.txt"), merges);
    // Ids of transformers 5.18: of these files the start is no word in any other letters.
    JsonNode capitals =
        Json.LINE.readTree("[49406, 27, 347, 993, 6659, 4160, 91, 285, 7067, 49407]");
    assertSame(
        folder,
        77,
        CaptionCleanup.NONE,
        read("clip_bpe.json").path("items"),
        item ->
            item.path("text").asText().equals("<|STARTOFTEXT|> upper")
                ? capitals
                : item.path(item.has("ids_hf") ? "ids_hf" : "ids"));
  }

  @Test
  void aShortContextCutsAndPadsAsOpenAi() throws IOException {
    // OpenAI pads with 0; the folder says it where one wants that.
    Files.copy(GOLDEN.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"pad_token\": \"!\"}");
    JsonNode rows = read("clip_bpe.json").path("context16");
    assertThat(rows.size()).isEqualTo(40);
    assertSame(folder, 16, CaptionCleanup.WEB, rows, row -> row.path("ids"));
  }

  @Test
  void aBertVocabularyGivesBertsIds() throws IOException {
    JsonNode items = read("bert_wordpiece.json").path("items");
    assertThat(items.size()).isGreaterThanOrEqualTo(100);
    Path vocabulary = GOLDEN.resolve("bert-base-uncased-vocab.txt");
    assertSame(vocabulary, 65, CaptionCleanup.NONE, items, item -> item.path("ids"));
    try (CaptionTokenizer tokenizer = CaptionTokenizer.open(vocabulary, 65)) {
      assertThat(tokenizer.vocabularySize()).isEqualTo(30_522);
      assertThat(tokenizer.padToken()).isZero();
      assertThat(tokenizer.decodeToken()).isEqualTo(30_522);
      assertThat(tokenizer.encodeToken()).isEqualTo(30_523);
    }
  }

  @Test
  void flipsCleanUpGivesFlipsTextsAndIds() throws IOException {
    JsonNode captions = read("bert_wordpiece.json").path("flip_captions");
    assertThat(captions.size()).isGreaterThan(20);
    for (JsonNode caption : captions) {
      assertThat(CaptionCleanup.FLIP.apply(caption.path("caption").asText()))
          .isEqualTo(caption.path("pre_caption").asText());
    }
    assertSame(
        GOLDEN.resolve("bert-base-uncased-vocab.txt"),
        65,
        CaptionCleanup.FLIP,
        captions,
        caption -> caption.path("ids"));
  }

  private static JsonNode read(String name) throws IOException {
    return Json.LINE.readTree(GOLDEN.resolve(name).toFile());
  }

  /** One by one and all at once; what the data does not store is padding. */
  private static void assertSame(
      Path where,
      int contextLength,
      CaptionCleanup cleanup,
      JsonNode items,
      Function<JsonNode, JsonNode> ids)
      throws IOException {
    List<String> problems = new ArrayList<>();
    List<String> texts =
        StreamSupport.stream(items.spliterator(), false)
            .map(item -> item.path(item.has("text") ? "text" : "caption").asText())
            .toList();
    try (CaptionTokenizer tokenizer =
        CaptionTokenizer.open(TokenizerFiles.open(where), contextLength, cleanup)) {
      LongBuffer together = LongBuffer.allocate(texts.size() * contextLength);
      tokenizer.encode(texts, together);
      LongBuffer alone = LongBuffer.allocate(texts.size() * contextLength);
      texts.forEach(text -> tokenizer.encode(text, alone));
      assertThat(together.array()).isEqualTo(alone.array());
      for (int i = 0; i < texts.size(); i++) {
        long[] stored = Json.LINE.convertValue(ids.apply(items.get(i)), long[].class);
        long[] expected = Arrays.copyOf(stored, contextLength);
        Arrays.fill(expected, stored.length, contextLength, tokenizer.padToken());
        long[] found =
            Arrays.copyOfRange(alone.array(), i * contextLength, (i + 1) * contextLength);
        if (!Arrays.equals(found, expected)) {
          problems.add(texts.get(i) + ": " + Arrays.toString(found));
        }
      }
    }
    assertThat(problems).isEmpty();
  }
}
