package dev.facet.cli.work;

import dev.facet.base.FacetException;
import dev.facet.base.Staged;
import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.inspect.CutCaptions;
import dev.facet.cli.settings.ModelConfig;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.storage.StorageException;
import dev.facet.model.text.BpeTrainer;
import dev.facet.model.text.BpeVocabulary;
import dev.facet.model.text.CaptionCleanup;
import dev.facet.model.text.CaptionTokenizer;
import dev.facet.model.text.TokenizerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer of a run: the one the config names, that of the initial weights, or one learned
 * from the captions. The run keeps its own copy, with the clean-up that captions go through, so
 * that a resume reads the same ids.
 */
final class Vocabulary {
  /** More captions than this change a vocabulary of a few thousand words no more. */
  private static final int ENOUGH_CAPTIONS = 200_000;

  private Vocabulary() {}

  /** Opens the run's own copy, which a resumed run has already. */
  static CaptionTokenizer of(Config config, Dataset training, boolean resume, Console console)
      throws IOException {
    Path own = config.run().dir().resolve(TokenizerFiles.TOKENIZER);
    int context = Sizes.contextLength(config.model());
    if (!resume || !Files.exists(own)) {
      keep(config, training, own, context, console);
    }
    TokenizerFiles files = TokenizerFiles.open(own);
    CaptionCleanup cleanup = Models.cleanup(config.model(), files);
    Path settings = own.resolveSibling(TokenizerFiles.SETTINGS);
    if (!Files.exists(settings)) {
      // A run of Facet's first version kept the tokenizer alone; its captions went through "web".
      Staged.write(settings, files.settings(context, cleanup));
    }
    return CaptionTokenizer.open(files, context, cleanup);
  }

  /**
   * The tokenizer that a config names, or its initial weights have; null where one would have to be
   * learned.
   */
  static @Nullable CaptionTokenizer given(ModelConfig model) throws IOException {
    Path given = model.tokenizer() == null ? model.texts() : model.tokenizer();
    if (given == null) {
      return null;
    }
    TokenizerFiles files = TokenizerFiles.open(given);
    return CaptionTokenizer.open(files, Sizes.contextLength(model), Models.cleanup(model, files));
  }

  /**
   * How many captions are longer than the model of a config reads; null where its tokenizer has yet
   * to be learned.
   */
  static @Nullable CutCaptions cutCaptions(Config config, Dataset data) throws IOException {
    try (CaptionTokenizer tokenizer = given(config.model())) {
      return tokenizer == null ? null : CutCaptions.of(data, tokenizer, config.data().captions());
    }
  }

  private static void keep(Config config, Dataset training, Path own, int context, Console console)
      throws IOException {
    ModelConfig model = config.model();
    Path given = model.tokenizer() == null ? model.texts() : model.tokenizer();
    TokenizerFiles files;
    CaptionCleanup cleanup;
    if (given == null) {
      cleanup = model.captionCleanup().or(CaptionCleanup.WEB);
      BpeVocabulary learned = learn(training, model.vocabSize(), cleanup);
      learned.write(own);
      files = TokenizerFiles.open(own);
      console
          .err()
          .println(
              "tokenizer: byte-level BPE of " + learned.size() + " ids, learned from the captions");
    } else {
      files = TokenizerFiles.open(given);
      cleanup = Models.cleanup(model, files);
      Staged.write(own, files.tokenizer());
    }
    Staged.write(own.resolveSibling(TokenizerFiles.SETTINGS), files.settings(context, cleanup));
  }

  /**
   * Reads captions from chunks spread evenly over the dataset. One that cannot be read has no words
   * to count; the loader will report its rows.
   *
   * @throws FacetException if there is no caption
   */
  private static BpeVocabulary learn(Dataset training, int size, CaptionCleanup cleanup)
      throws IOException {
    BpeTrainer trainer = new BpeTrainer();
    long learned = 0;
    long step = Math.max(1, training.size() / ENOUGH_CAPTIONS);
    for (long chunk = 0; chunk < training.chunkCount(); chunk += step) {
      for (List<String> captions : captions(training, (int) chunk)) {
        captions.forEach(caption -> trainer.add(cleanup.apply(caption)));
        learned += captions.size();
      }
    }
    if (learned == 0) {
      throw FacetException.usage(
          training.name()
              + " has no caption to learn a vocabulary from: map data.columns.captions to what"
              + " holds them, or name a tokenizer with model.tokenizer");
    }
    return trainer.train(size);
  }

  private static List<List<String>> captions(Dataset training, int chunk) throws IOException {
    try {
      return training.captions(chunk);
    } catch (StorageException e) {
      throw e; // the machine is to blame, not the chunk
    } catch (IOException e) {
      return List.of();
    }
  }
}
