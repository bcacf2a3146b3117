package dev.facet.cli.work;

import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Progress;
import dev.facet.eval.Embedder;
import dev.facet.eval.HeldOut;
import dev.facet.eval.MatchingLook;
import dev.facet.eval.retrieval.RankingWork;
import dev.facet.eval.retrieval.Retrieval;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.model.DualEncoder;
import dev.facet.model.flip.Matching;
import dev.facet.model.text.CaptionTokenizer;
import dev.facet.train.TrainSettings;
import dev.facet.train.Validation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

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
  record Scored(HeldOut embeddings, Retrieval retrieval) {
    /** The same for training, with the loss. */
    Validation validation(DualEncoder model, TrainSettings settings) {
      return Validation.of(model, settings, embeddings, retrieval.result());
    }
  }

  /**
   * Embeds and ranks.
   *
   * @throws CancellationException once asked to stop
   */
  Scored score(DualEncoder model) throws InterruptedException {
    return score(List.of(model));
  }

  /** As the other, by several copies of the model; re-ranking is the first one's alone. */
  Scored score(List<DualEncoder> copies) throws InterruptedException {
    int first = config.eval().rerank();
    if (first == 0) {
      return ranked(embedded(copies, null));
    }
    DualEncoder model = copies.getFirst();
    try (MatchingLook look = new MatchingLook(Matching.of(model), tokenizer)) {
      Scored scored = ranked(embedded(List.of(model), look));
      look.captions(scored.embeddings().texts());
      long queries =
          (long) scored.retrieval().result().images() + scored.embeddings().texts().size();
      try (Progress progress = console.progress("re-ranking", "queries", queries)) {
        Retrieval again =
            scored
                .retrieval()
                .reordered(
                    first,
                    look,
                    done -> {
                      goOn();
                      progress.update(done);
                    });
        return new Scored(scored.embeddings(), again);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HeldOut embedded(List<DualEncoder> copies, Embedder.@Nullable PictureSink sink)
      throws InterruptedException {
    HeldOut embeddings;
    try (Progress progress = console.progress("evaluating", "rows", heldOut.size())) {
      embeddings =
          Embedder.embed(
              copies,
              tokenizer,
              heldOut,
              Loading.scoring(config),
              seen.plain(config),
              quarantine,
              done -> {
                goOn();
                progress.update(done);
              },
              sink);
    }
    if (!embeddings.coverage().isWhole()) {
      console.err().println("evaluation: " + embeddings.coverage().text());
    }
    return embeddings;
  }

  private Scored ranked(HeldOut embeddings) {
    Retrieval retrieval =
        Retrieval.rank(
            embeddings.images(),
            embeddings.captions(),
            embeddings.pairing(),
            config.eval().retrieval(config.data().read().workers()),
            RankingWork.plain().until(stop));
    return new Scored(embeddings, retrieval);
  }

  private void goOn() {
    if (stop.getAsBoolean()) {
      throw new CancellationException("asked to stop");
    }
  }
}
