package dev.facet.cli.work;

import dev.facet.cli.config.Config;
import dev.facet.cli.work.Scoring.Scored;
import dev.facet.eval.measure.Bootstrap;
import dev.facet.eval.measure.Comparison;
import dev.facet.eval.measure.RankedPicture;
import dev.facet.eval.measure.RanksFile;
import dev.facet.eval.retrieval.RetrievalSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What an evaluation is held against.
 *
 * @param pictures the ranks of the earlier one
 */
record Baseline(List<RankedPicture> pictures) {
  /** Where the differences stand in {@code eval.json}. */
  static final String KEY = "baseline";

  /** Captions that are named. */
  private static final int EXAMPLES = 10;

  /** Samples of pictures where the config wants no intervals: a difference needs one. */
  private static final int SAMPLES = 1000;

  /** Reads it, before anything is scored. */
  static Baseline of(Path path, Config config) throws IOException {
    StoredResult stored = StoredResult.open(path);
    RetrievalSettings now = config.eval().retrieval(1);
    stored.requireRule(
        StoredResult.rule(now.tieRule().label(), now.duplicateAware(), config.eval().rerank()),
        "this evaluation");
    return new Baseline(stored.pictures());
  }

  /** The present evaluation beside it. */
  Comparison compare(Scored scored, Config config) {
    return compare(RanksFile.of(scored.embeddings(), scored.retrieval()), config);
  }

  /** Other ranks beside it. */
  Comparison compare(List<RankedPicture> after, Config config) {
    int samples = config.eval().bootstrap() == 0 ? SAMPLES : config.eval().bootstrap();
    return Comparison.of(
        pictures,
        after,
        config.eval().recallAt(),
        RetrievalSettings.DEPTH,
        new Bootstrap(samples, config.seed()),
        EXAMPLES);
  }
}
