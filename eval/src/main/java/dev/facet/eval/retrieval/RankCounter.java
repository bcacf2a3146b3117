package dev.facet.eval.retrieval;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Ranks a block of queries: finds every query's best positive, then counts, tile after tile, the
 * candidates that stand before it. No score outlives its tile, so memory does not grow with queries
 * times candidates.
 */
final class RankCounter implements Blocks.Worker {
  /** Queries per block: enough to make loading a tile cheap beside scoring it. */
  static final int BLOCK = 512;

  /** Hands all positives of a query to a visitor. */
  interface Positives {
    void visit(int query, IntConsumer visitor);
  }

  private final Embeddings queries;
  private final Embeddings candidates;
  private final Positives positives;
  private final TieRule rule;
  private final double[] ranks;
  private final double[] precisions;
  private final int[] positiveCounts;

  private final ScoreTile tile;
  private final BestPositive best;
  private final BestCandidates[] found = new BestCandidates[BLOCK];
  private final float[] threshold = new float[BLOCK];
  private final int[] first = new int[BLOCK];
  private final int[] tiedPositives = new int[BLOCK];
  private final long[] before = new long[BLOCK];
  private final long[] tied = new long[BLOCK];

  RankCounter(
      Embeddings queries,
      Embeddings candidates,
      Positives positives,
      RetrievalSettings settings,
      double[] ranks,
      double[] precisions,
      int[] positiveCounts) {
    this.queries = queries;
    this.candidates = candidates;
    this.positives = positives;
    this.rule = settings.tieRule();
    this.ranks = ranks;
    this.precisions = precisions;
    this.positiveCounts = positiveCounts;
    this.tile = new ScoreTile(queries.dim());
    this.best = new BestPositive(queries, candidates);
    Arrays.setAll(found, i -> new BestCandidates(settings.depth()));
  }

  @Override
  public void run(int from, int to) {
    for (int query = from; query < to; query++) {
      best.start(query);
      positives.visit(query, best);
      int i = query - from;
      threshold[i] = best.score() + 0f;
      first[i] = best.first();
      tiedPositives[i] = best.tied();
      before[i] = 0;
      tied[i] = 0;
      found[i].clear();
      positiveCounts[query] = best.count();
    }
    for (int base = 0; base < candidates.rows(); base += ScoreTile.CANDIDATES) {
      tile.load(candidates, base, Math.min(candidates.rows(), base + ScoreTile.CANDIDATES));
      for (int query = from; query < to; query += ScoreTile.QUERIES) {
        tile.score(queries, query);
        for (int i = 0; i < Math.min(ScoreTile.QUERIES, to - query); i++) {
          count(query - from + i, tile.scores(i), base);
          found[query - from + i].offer(tile.scores(i), tile.count(), base);
        }
      }
    }
    for (int query = from; query < to; query++) {
      ranks[query] = rank(query - from);
      best.start(query);
      positives.visit(query, best);
      precisions[query] = found[query - from].averagePrecision(best::has, positiveCounts[query]);
    }
  }

  private void count(int i, float[] scores, int base) {
    float t = threshold[i];
    int n = tile.count();
    int greater = 0;
    int less = 0;
    // Sign bits instead of comparisons, which C2 does not vectorise. Scores are finite, and for
    // finite floats x - y is negative exactly if x < y; adding 0 turns -0 into +0.
    for (int j = 0; j < n; j++) {
      float s = scores[j] + 0f;
      greater += Float.floatToRawIntBits(t - s) >>> 31;
      less += Float.floatToRawIntBits(s - t) >>> 31;
    }
    before[i] += greater;
    if (greater + less == n) {
      return;
    }
    if (rule == TieRule.INDEX) {
      // Those before the first positive of this score are negatives, all of them.
      for (int j = 0; j < Math.min(n, first[i] - base); j++) {
        tied[i] += scores[j] == t ? 1 : 0;
      }
    } else {
      tied[i] += n - greater - less;
    }
  }

  private double rank(int i) {
    return switch (rule) {
      case INDEX -> 1 + before[i] + tied[i];
      case OPTIMISTIC -> 1 + before[i];
      case PESSIMISTIC -> 1 + before[i] + tied[i] - tiedPositives[i];
      case MID -> 1 + before[i] + (tied[i] - tiedPositives[i]) / 2.0;
    };
  }
}
