package dev.facet.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokenizers of every kind of model, with vocabularies small enough to read. */
class TokenizerKindsTest {
  private static final String PIECES =
      "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nred\nhat\n##s\n,\ncafe\n";

  /** SigLIP's layout: pieces with scores, an end token alone, which is the padding as well. */
  private static final String UNIGRAM =
      """
      {"version": "1.0", "truncation": null, "padding": null,
       "added_tokens": [
         {"id": 1, "content": "</s>", "single_word": false, "lstrip": false, "rstrip": false,
          "normalized": false, "special": true}],
       "normalizer": null,
       "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always",
         "split": true},
       "post_processor": {"type": "TemplateProcessing",
         "single": [{"Sequence": {"id": "A", "type_id": 0}},
                    {"SpecialToken": {"id": "</s>", "type_id": 0}}],
         "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
         "special_tokens": {"</s>": {"id": "</s>", "ids": [1], "tokens": ["</s>"]}}},
       "decoder": null,
       "model": {"type": "Unigram", "unk_id": 2, "byte_fallback": false, "vocab": [
         ["<pad>", 0.0], ["</s>", 0.0], ["<unk>", 0.0], ["▁red", -1.0], ["▁hat", -2.0],
         ["s", -3.0], ["▁", -4.0], ["hat", -1.5]]}}
      """;

  @TempDir Path folder;

  /** The two files that OpenAI's first repositories have in place of tokenizer.json. */
  @Test
  void clipsVocabularyAndMergesAreTheTokenizerThatTheyWere() throws IOException {
    List<String> symbols = List.of("a", "b", "a</w>", "b</w>", "ab", "ab</w>");
    new BpeVocabulary(symbols, List.of("a b", "a b</w>")).write(folder.resolve("tokenizer.json"));
    JsonNode whole = Json.LINE.readTree(folder.resolve("tokenizer.json").toFile());
    Files.delete(folder.resolve("tokenizer.json"));
    write("vocab.json", whole.path("model").path("vocab").toString());
    assertThat(TokenizerFiles.in(folder)).isFalse();
    write("merges.txt", "#version: 0.2\na b\na b</w>\n");
    assertThat(TokenizerFiles.in(folder)).isTrue();
    TokenizerFiles files = TokenizerFiles.open(folder);
    assertThat(files.json()).isEqualTo(whole);
    assertThat(Json.LINE.readTree(files.tokenizer())).isEqualTo(whole);
    assertThat(encode(5, CaptionCleanup.NONE, "AB a")).containsExactly(6, 5, 2, 7, 7);
    write("merges.txt", "a b\nb a\n");
    assertThatThrownBy(() -> TokenizerFiles.open(folder))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("does not belong to");
    write("vocab.json", "{\"a\": 0, \"<|endoftext|>\": 1}");
    assertThatThrownBy(() -> TokenizerFiles.open(folder))
        .hasMessageContaining("so it is not CLIP's");
  }

  @Test
  void whatBertsSettingsSayOfAccentsIsDone() throws IOException {
    write("vocab.txt", PIECES + "café\n");
    write("tokenizer_config.json", "{\"strip_accents\": false}");
    assertThat(encode(3, CaptionCleanup.NONE, "Café")).containsExactly(2, 11, 3);
    write("tokenizer_config.json", "{}");
    assertThat(encode(3, CaptionCleanup.NONE, "Café")).containsExactly(2, 10, 3);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private long[] encode(int length, CaptionCleanup cleanup, String... captions) throws IOException {
    try (CaptionTokenizer tokenizer =
        CaptionTokenizer.open(TokenizerFiles.open(folder), length, cleanup)) {
      LongBuffer ids = LongBuffer.allocate(captions.length * length);
      tokenizer.encode(List.of(captions), ids);
      return ids.array();
    }
  }

  @Test
  void aBertFolderNeedsNothingButItsVocabulary() throws IOException {
    write("vocab.txt", PIECES);
    assertThat(encode(8, CaptionCleanup.NONE, "A Red hats, CAFÉ"))
        .containsExactly(2, 5, 6, 7, 8, 9, 10, 3);
    assertThat(encode(8, CaptionCleanup.NONE, "red x")).containsExactly(2, 6, 1, 3, 0, 0, 0, 0);
    try (CaptionTokenizer tokenizer = CaptionTokenizer.open(folder, 8)) {
      assertThat(tokenizer.vocabularySize()).isEqualTo(11);
      assertThat(tokenizer.startToken()).isEqualTo(2);
      assertThat(tokenizer.endToken()).isEqualTo(3);
      assertThat(tokenizer.padToken()).isZero();
      assertThat(tokenizer.decodeToken()).isEqualTo(11);
      assertThat(tokenizer.encodeToken()).isEqualTo(12);
    }
  }

  @Test
  void aCutCaptionKeepsItsSeparator() throws IOException {
    write("vocab.txt", PIECES);
    assertThat(encode(4, CaptionCleanup.NONE, "red red red red")).containsExactly(2, 6, 6, 3);
    assertThat(encode(4, CaptionCleanup.NONE, "red red")).containsExactly(2, 6, 6, 3);
  }

  @Test
  void aCasedBertVocabularyStaysCased() throws IOException {
    write("vocab.txt", PIECES);
    write("tokenizer_config.json", "{\"do_lower_case\": false}");
    assertThat(encode(4, CaptionCleanup.NONE, "Red red")).containsExactly(2, 1, 6, 3);
  }

  @Test
  void aBertVocabularyWrittenAsATokenizerReadsTheSame() throws IOException {
    write("vocab.txt", PIECES);
    long[] before = encode(8, CaptionCleanup.NONE, "A Red hats, CAFÉ [MASK]");
    write("tokenizer.json", TokenizerFiles.open(folder.resolve("vocab.txt")).tokenizer());
    Files.delete(folder.resolve("vocab.txt"));
    assertThat(encode(8, CaptionCleanup.NONE, "A Red hats, CAFÉ [MASK]")).isEqualTo(before);
  }

  @Test
  void siglipHasNoStartAndEndsAndPadsWithItsEnd() throws IOException {
    write("tokenizer.json", UNIGRAM);
    assertThat(encode(6, CaptionCleanup.SIGLIP, "Red hats!", ""))
        .containsExactly(3, 4, 5, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(encode(3, CaptionCleanup.SIGLIP, "red hat red hat")).containsExactly(3, 4, 1);
    try (CaptionTokenizer tokenizer = CaptionTokenizer.open(folder, 6)) {
      assertThat(tokenizer.vocabularySize()).isEqualTo(8);
      assertThat(tokenizer.endToken()).isEqualTo(1);
      assertThatThrownBy(tokenizer::startToken)
          .hasMessageContaining("puts 0 start tokens on a caption");
    }
  }

  @Test
  void theFirstFileThatNamesThePaddingCounts() throws IOException {
    write("tokenizer.json", UNIGRAM);
    assertThat(pad()).isEqualTo(1);
    write(
        "tokenizer.json",
        UNIGRAM.replace(
            "\"padding\": null",
            "\"padding\": {\"strategy\": "
                + "\"BatchLongest\", \"direction\": \"Right\", \"pad_to_multiple_of\": null, "
                + "\"pad_id\": 2, \"pad_type_id\": 0, \"pad_token\": \"<unk>\"}"));
    assertThat(pad()).isEqualTo(2);
    write("special_tokens_map.json", "{\"pad_token\": {\"content\": \"hat\"}}");
    assertThat(pad()).isEqualTo(7);
    write("tokenizer_config.json", "{\"pad_token\": \"<pad>\"}");
    assertThat(pad()).isZero();
    write("tokenizer_config.json", "{\"pad_token\": \"nowhere\"}");
    assertThat(pad()).isEqualTo(2);
  }

  private int pad() throws IOException {
    try (CaptionTokenizer tokenizer = CaptionTokenizer.open(folder, 6)) {
      return tokenizer.padToken();
    }
  }

  @Test
  void aTokenizerWithoutAnySpecialTokenIsFilledUp() throws IOException {
    ObjectNode json = Json.LINE.readValue(UNIGRAM, ObjectNode.class);
    json.putNull("post_processor");
    write("tokenizer.json", json.toString());
    assertThat(encode(3, CaptionCleanup.NONE, "red", "red hat red hat"))
        .containsExactly(3, 0, 0, 3, 4, 3);
  }

  @Test
  void aCheckpointRemembersItsCleanUp() throws IOException {
    write("tokenizer.json", UNIGRAM);
    write("tokenizer_config.json", "{\"tokenizer_class\": \"SiglipTokenizer\"}");
    TokenizerFiles files = TokenizerFiles.open(folder);
    assertThat(files.cleanup(CaptionCleanup.WEB)).isEqualTo(CaptionCleanup.WEB);
    write("tokenizer_config.json", files.settings(64, CaptionCleanup.NONE));
    TokenizerFiles again = TokenizerFiles.open(folder);
    assertThat(again.cleanup(CaptionCleanup.WEB)).isEqualTo(CaptionCleanup.NONE);
    JsonNode settings = Json.LINE.readTree(again.settings(64, CaptionCleanup.NONE));
    assertThat(settings.path("tokenizer_class").asText()).isEqualTo("SiglipTokenizer");
    assertThat(settings.path("model_max_length").asInt()).isEqualTo(64);
    write("tokenizer_config.json", "{\"facet\": {\"caption_cleanup\": \"flop\"}}");
    TokenizerFiles unknown = TokenizerFiles.open(folder);
    assertThatThrownBy(() -> unknown.cleanup(CaptionCleanup.WEB))
        .hasMessageContaining("tokenizer_config.json: facet.caption_cleanup is flop");
  }

  @Test
  void aFolderWithoutATokenizerSaysWhatToCopy() throws IOException {
    assertThatThrownBy(() -> TokenizerFiles.open(folder))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("has no tokenizer.json: copy the one that was published with");
    write("spiece.model", "");
    assertThatThrownBy(() -> TokenizerFiles.open(folder))
        .hasMessageContaining("spiece.model alone is not enough");
  }

  @Test
  void aFileThatIsNoVocabularyIsNamed() throws IOException {
    write("vocab.txt", "a\nb\n");
    assertThatThrownBy(() -> TokenizerFiles.open(folder))
        .hasMessageContaining("vocab.txt has no line [UNK], so it is not a BERT vocabulary");
    Files.write(folder.resolve("vocab.txt"), new byte[] {'a', (byte) 0xFF, '\n'});
    assertThatThrownBy(() -> TokenizerFiles.open(folder)).hasMessageContaining("is not UTF-8");
    write("tokenizer.json", "{\"model\": {\"type\": \"Unigram\"}}");
    assertThatThrownBy(() -> CaptionTokenizer.open(folder, 8).close())
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("tokenizer.json is not a readable tokenizer.json");
  }

  @Test
  void aContextWithoutRoomForWordsIsRefused() throws IOException {
    write("vocab.txt", PIECES);
    assertThatThrownBy(() -> CaptionTokenizer.open(folder, 2).close())
        .hasMessageContaining("a context of 2 tokens holds nothing beside the 2");
  }

  @Test
  void damagedTokenizersEndInOneMessage() throws IOException {
    byte[] good = UNIGRAM.getBytes(StandardCharsets.UTF_8);
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      byte[] bad = good.clone();
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        bad[random.nextInt(bad.length)] = (byte) "0{}[]\",:-e9 nx".charAt(random.nextInt(14));
      }
      Files.write(folder.resolve("tokenizer.json"), bad);
      try {
        assertThat(encode(6, CaptionCleanup.NONE, "red hats")).hasSize(6);
      } catch (FacetException e) {
        assertThat(e).hasMessageContaining("tokenizer.json");
      }
    }
  }
}
