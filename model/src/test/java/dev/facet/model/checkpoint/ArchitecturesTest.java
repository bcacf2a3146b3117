package dev.facet.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.model.Architecture;
import dev.facet.model.Tiny;
import dev.facet.model.config.ConfigFile;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.pictures.Resizing;
import dev.facet.model.text.CaptionCleanup;
import dev.facet.model.text.TokenizerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitecturesTest {
  @TempDir Path folder;

  static Stream<Architecture> architectures() {
    return Stream.of(Tiny.clip(), Tiny.siglip(), Tiny.flip());
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void whatAModelWritesIsReadBackByItsFamily(Architecture sizes) {
    assertThat(Architectures.fromConfig(new ConfigFile("config.json", sizes.toJson())))
        .isEqualTo(sizes);
  }

  @Test
  void eachKindOfModelHasItsUsualPictures() {
    List<Double> halves = List.of(0.5, 0.5, 0.5);
    assertThat(Tiny.clip().usualPictures()).isEqualTo(Preprocessing.clip(16));
    assertThat(Tiny.siglip().usualPictures())
        .isEqualTo(new Preprocessing(16, halves, halves, Resizing.SQUASH));
    assertThat(Tiny.flip().usualPictures())
        .isEqualTo(Preprocessing.clip(16).resized(Resizing.SQUASH));
  }

  @Test
  void eachKindOfModelHasItsUsualCleanUp() throws IOException {
    TokenizerFiles unigram = tokenizer("Unigram", "[['a', 0.0]]");
    assertThat(Tiny.clip().captionCleanup(unigram)).isEqualTo(CaptionCleanup.WEB);
    assertThat(Tiny.siglip().captionCleanup(unigram)).isEqualTo(CaptionCleanup.SIGLIP);
    assertThat(Tiny.flip().captionCleanup(unigram)).isEqualTo(CaptionCleanup.FLIP);
  }

  @Test
  void theSecondSiglipKeepsPunctuation() throws IOException {
    TokenizerFiles bpe = tokenizer("BPE", "{'a': 0}");
    assertThat(Tiny.siglip().captionCleanup(bpe)).isEqualTo(CaptionCleanup.LOWER);
  }

  private TokenizerFiles tokenizer(String type, String vocabulary) throws IOException {
    String json =
        "{'model': {'type': '%s', 'vocab': %s}}".formatted(type, vocabulary).replace('\'', '"');
    Files.writeString(folder.resolve("tokenizer.json"), json);
    return TokenizerFiles.open(folder);
  }
}
