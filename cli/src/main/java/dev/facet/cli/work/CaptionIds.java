package dev.facet.cli.work;

import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Progress;
import dev.facet.loader.TextEncoder;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.token.StoredTokens;
import dev.facet.model.text.CaptionTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** A tokenizer as the loader's threads call it, asked beforehand where that is wanted. */
final class CaptionIds {
  private CaptionIds() {}

  /**
   * Opens it; the tokenizer stays the caller's to close.
   *
   * @param split that the data is
   * @throws CancellationException if it was asked to stop before all ids were made
   */
  static TextEncoder of(
      Config config,
      Dataset data,
      String split,
      CaptionTokenizer tokenizer,
      Console console,
      BooleanSupplier stopRequested)
      throws IOException {
    TextEncoder text = Loading.text(tokenizer, config.data().captions());
    if (!config.data().storedTokens()) {
      return text;
    }
    try (Progress progress = console.progress("making tokens", "rows", data.size())) {
      StoredTokens stored =
          StoredTokens.of(
              data,
              config.data().sources().getFirst().root(),
              text,
              identity(config, split, tokenizer),
              rows -> {
                if (stopRequested.getAsBoolean()) {
                  throw new CancellationException("asked to stop");
                }
                progress.update(rows);
              });
      progress.say(
          String.format(
              Locale.ROOT,
              "tokens: of %,d different captions, made beforehand",
              stored.captions()));
      return stored;
    }
  }

  /** All that decides which ids a caption of the data gets. */
  private static String identity(Config config, String split, CaptionTokenizer tokenizer)
      throws IOException {
    return config.data().name()
        + config.data().columns()
        + split
        + tokenizer.cleanup()
        + Files.readString(tokenizer.file());
  }
}
