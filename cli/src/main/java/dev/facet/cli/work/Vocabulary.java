package dev.facet.cli.work;

import dev.facet.base.Staged;
import dev.facet.cli.config.Config;
import dev.facet.cli.config.ModelConfig;
import dev.facet.cli.console.Console;
import dev.facet.loader.Dataset;
import dev.facet.model.ModelDirectory;
import dev.facet.model.text.BpeTrainer;
import dev.facet.model.text.BpeVocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer of a run: the one the config names, that of the initial weights, or one learned
 * from the captions. The run keeps its own copy, so that a resume reads the same ids.
 */
final class Vocabulary {
  /** More captions than this change a vocabulary of a few thousand words no more. */
  private static final int ENOUGH_CAPTIONS = 200_000;

  private Vocabulary() {}

  /** The run's {@code tokenizer.json}; a resumed run has one already. */
  static Path of(Config config, Dataset training, boolean resume, Console console)
      throws IOException {
    Path own = config.run().dir().resolve(ModelDirectory.TOKENIZER);
    if (resume && Files.exists(own)) {
      return own;
    }
    Path given = given(config.model());
    if (given != null) {
      Staged.write(own, Files.readString(given));
      return own;
    }
    BpeVocabulary learned = learn(training, config.model().vocabSize());
    learned.write(own);
    console
        .err()
        .println(
            "tokenizer: byte-level BPE of " + learned.size() + " ids, learned from the captions");
    return own;
  }

  private static @Nullable Path given(ModelConfig model) {
    if (model.tokenizer() != null) {
      return model.tokenizer();
    }
    return model.texts() == null ? null : model.texts().resolve(ModelDirectory.TOKENIZER);
  }

  /** Reads captions from chunks spread evenly over the dataset. */
  private static BpeVocabulary learn(Dataset training, int size) throws IOException {
    BpeTrainer trainer = new BpeTrainer();
    long step = Math.max(1, training.size() / ENOUGH_CAPTIONS);
    for (long chunk = 0; chunk < training.chunkCount(); chunk += step) {
      for (List<String> captions : training.captions((int) chunk)) {
        captions.forEach(trainer::add);
      }
    }
    return trainer.train(size);
  }
}
