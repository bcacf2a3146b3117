package dev.facet.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {
  private static final List<String> CAPTIONS =
      List.of(
          "A woman with red hair and round glasses",
          "a man with a red beard",
          "A smiling woman wearing a blue hat, red scarf",
          "Crème brûlée? it's 100% 顔!");

  @TempDir Path folder;

  @Test
  void everyWordSurvivesTheWayToIdsAndBack() throws IOException {
    BpeVocabulary vocabulary = trained(CAPTIONS, 600);
    Path file = folder.resolve("tokenizer.json");
    vocabulary.write(file);
    for (String caption : CAPTIONS) {
      assertThat(decode(file, encode(file, 64, caption)))
          .isEqualTo(caption.toLowerCase(Locale.ROOT).replace(" ", ""));
    }
  }

  @Test
  void frequentWordsBecomeOneToken() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    trained(CAPTIONS, 600).write(file);
    long[] ids = encode(file, 8, "red");
    assertThat(ids[2]).as("the end follows the one token").isEqualTo(ids[7]);
  }

  @Test
  void theVocabularyDependsOnTheCaptionsNotOnTheirOrder() {
    assertThat(trained(CAPTIONS, 560)).isEqualTo(trained(CAPTIONS.reversed(), 560));
  }

  @Test
  void theVocabularyNeverExceedsItsSize() {
    assertThat(trained(CAPTIONS, 520).size()).isEqualTo(520);
    assertThat(trained(List.of("ab"), 5000).size()).isEqualTo(BpeTrainer.MIN_VOCABULARY);
  }

  @Test
  void aLongCaptionIsCutAndStillEndsWithTheEndToken() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    BpeVocabulary vocabulary = trained(CAPTIONS, 600);
    vocabulary.write(file);
    long[] ids = encode(file, 4, "red red red red red red");
    assertThat(ids[0]).isEqualTo(vocabulary.size() - 2);
    assertThat(ids[3]).isEqualTo(vocabulary.size() - 1);
    assertThat(ids[1]).isEqualTo(ids[2]).isLessThan(vocabulary.size() - 2);
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("none.json");
    assertThatThrownBy(() -> CaptionTokenizer.open(missing, 8))
        .hasMessageContaining("none.json does not exist");
  }

  private static BpeVocabulary trained(List<String> captions, int size) {
    BpeTrainer trainer = new BpeTrainer();
    captions.forEach(trainer::add);
    return trainer.train(size);
  }

  private static long[] encode(Path file, int length, String caption) throws IOException {
    try (CaptionTokenizer tokenizer = CaptionTokenizer.open(file, length)) {
      LongBuffer ids = LongBuffer.allocate(length);
      tokenizer.encode(caption, ids);
      return ids.array();
    }
  }

  /** What an independent decoder makes of the ids, without spaces. */
  private static String decode(Path file, long[] ids) throws IOException {
    try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(file)) {
      return tokenizer.decode(ids, true).replace("</w>", "");
    }
  }
}
