package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.base.Json;
import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Terminal;
import dev.facet.loader.data.Dataset;
import dev.facet.model.text.CaptionCleanup;
import dev.facet.model.text.CaptionTokenizer;
import dev.facet.model.text.TokenizerFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyTest {
  @TempDir Path folder;

  @BeforeEach
  void captions() throws IOException {
    String line =
        Json.LINE.writeValueAsString(
            Map.of("image", "none.png", "caption", "x &amp;amp; y", "split", "train"));
    Files.writeString(folder.resolve("captions.jsonl"), (line + "\n").repeat(8));
  }

  private CaptionTokenizer open(String model, boolean resume) throws IOException {
    Path file = folder.resolve("my.yaml");
    Files.writeString(
        file,
        """
        run: {dir: %s}
        data: {root: %s}
        model: {preset: tiny, %s}
        """
            .formatted(folder.resolve("run"), folder.resolve("captions.jsonl"), model));
    Config config = Config.load(file, List.of());
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    Files.createDirectories(config.run().dir());
    try (Dataset training = Sources.training(config.data())) {
      return Vocabulary.of(config, training, resume, new Console(nowhere, nowhere, Terminal.NONE));
    }
  }

  private String learned() throws IOException {
    return Files.readString(folder.resolve("run").resolve(TokenizerFiles.TOKENIZER));
  }

  @Test
  void aVocabularyIsLearnedFromCleanedCaptions() throws IOException {
    open("caption_cleanup: auto", false).close();
    assertThat(learned()).doesNotContain("\"a m\"");
    open("caption_cleanup: none", false).close();
    assertThat(learned()).contains("\"a m\"");
  }

  @Test
  void aResumedRunCleansUpAsItBegan() throws IOException {
    open("caption_cleanup: lower", false).close();
    try (CaptionTokenizer again = open("caption_cleanup: auto", true)) {
      assertThat(again.cleanup()).isEqualTo(CaptionCleanup.LOWER);
    }
  }

  @Test
  void aRunThatKeptTheTokenizerAloneResumes() throws IOException {
    open("caption_cleanup: auto", false).close();
    Path settings = folder.resolve("run").resolve(TokenizerFiles.SETTINGS);
    Files.delete(settings);
    try (CaptionTokenizer again = open("caption_cleanup: auto", true)) {
      assertThat(again.cleanup()).isEqualTo(CaptionCleanup.WEB);
    }
    assertThat(settings).content().contains("\"caption_cleanup\" : \"web\"");
  }

  @Test
  void aBertVocabularyBecomesTheRunsTokenizer() throws IOException {
    Path pieces = folder.resolve("vocab.txt");
    Files.writeString(pieces, "[PAD]\n[UNK]\n[CLS]\n[SEP]\nred\n");
    try (CaptionTokenizer tokenizer = open("tokenizer: " + pieces, false)) {
      assertThat(tokenizer.vocabularySize()).isEqualTo(5);
      assertThat(tokenizer.padToken()).isZero();
      assertThat(tokenizer.file()).hasFileName("tokenizer.json");
    }
  }
}
