package dev.facet.cli.work;

import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Progress;
import dev.facet.eval.Embedder;
import dev.facet.eval.HeldOut;
import dev.facet.eval.retrieval.Retrieval;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.model.DualEncoder;
import dev.facet.model.text.CaptionTokenizer;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Scores a model on a held-out split, as often as asked.
 *
 * @param heldOut the split to score on
 * @param stop whether to give up
 */
record Scoring(
    Config config,
    Dataset heldOut,
    CaptionTokenizer tokenizer,
    Seen seen,
    Quarantine quarantine,
    Console console,
    BooleanSupplier stop) {

  /** A model's embeddings with their ranks. */
  record Scored(HeldOut embeddings, Retrieval retrieval) {}

  /**
   * Embeds and ranks.
   *
   * @throws CancellationException once asked to stop
   */
  Scored score(DualEncoder model) throws InterruptedException {
    HeldOut embeddings;
    try (Progress progress = console.progress("evaluating", "rows", heldOut.size())) {
      embeddings =
          Embedder.embed(
              model,
              tokenizer,
              heldOut,
              Loading.scoring(config),
              seen.plain(config),
              quarantine,
              done -> {
                goOn();
                progress.update(done);
              });
    }
    if (!embeddings.coverage().isWhole()) {
      console.err().println("evaluation: " + embeddings.coverage().text());
    }
    Retrieval retrieval =
        Retrieval.rank(
            embeddings.images(),
            embeddings.captions(),
            embeddings.pairing(),
            config.eval().retrieval(config.data().read().workers()),
            stop);
    return new Scored(embeddings, retrieval);
  }

  private void goOn() {
    if (stop.getAsBoolean()) {
      throw new CancellationException("asked to stop");
    }
  }
}
