package dev.facet.eval.retrieval;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Ranks a block of queries: finds every query's best positive, then counts, tile after tile, the
 * candidates that stand before it. No score outlives its tile, so memory does not grow with queries
 * times candidates.
 */
final class RankCounter {
  /** Hands all positives of a query to a visitor. */
  interface Positives {
    void visit(int query, IntConsumer visitor);
  }

  private final RankTask task;
  private final RankTable ranks;
  private final ScoreTile tile;
  private final ExactScores exact;
  private final BestPositive best;
  private final QueryCount[] counts;
  private final float[] top;

  private final BooleanSupplier stop;

  /**
   * @param block queries at once, at most
   * @param ranks get what is found
   * @param stop asked before every tile
   */
  RankCounter(RankTask task, int block, RankTable ranks, BooleanSupplier stop) {
    this.task = task;
    this.ranks = ranks;
    this.stop = stop;
    this.tile = new ScoreTile(task.queries().dim());
    this.exact = new ExactScores(task.queries(), task.candidates());
    this.best = new BestPositive(exact, task.candidates().rows());
    this.counts = new QueryCount[block];
    this.top = new float[Math.min(task.depth(), task.candidates().rows())];
    for (int i = 0; i < block; i++) {
      counts[i] = new QueryCount(task.depth());
    }
  }

  /** Ranks the queries from one place to another (exclusive) in those that are asked for. */
  void run(int from, int to) {
    int[] asked = task.asked();
    for (int i = from; i < to; i++) {
      positives(asked[i]);
      counts[i - from].start(asked[i], best, exact.margin(asked[i], task.longest()));
    }
    Embeddings candidates = task.candidates();
    for (int base = 0; base < candidates.rows(); base += ScoreTile.CANDIDATES) {
      if (stop.getAsBoolean()) {
        throw new CancellationException("asked to stop");
      }
      tile.load(candidates, base, Math.min(candidates.rows(), base + ScoreTile.CANDIDATES));
      for (int at = from; at < to; at += ScoreTile.QUERIES) {
        int some = Math.min(ScoreTile.QUERIES, to - at);
        tile.score(task.queries(), asked, at, some);
        for (int i = 0; i < some; i++) {
          count(counts[at - from + i], tile.scores(i), base);
        }
      }
    }
    for (int i = from; i < to; i++) {
      positives(asked[i]);
      QueryCount count = counts[i - from];
      ranks.set(asked[i], count.rank(task.ties()), count.precision(best), count.positives());
    }
  }

  private void positives(int query) {
    best.start(query);
    task.positives().visit(query, best);
  }

  private void count(QueryCount count, float[] scores, int base) {
    int n = tile.count();
    if (base == 0 && n >= top.length) {
      count.raiseFloor(lastOfBest(scores, n));
    }
    float low = count.low();
    float high = count.high();
    float floor = count.floor();
    int above = 0;
    int below = 0;
    int good = 0;
    // Sign bits instead of comparisons, which C2 does not vectorise. Scores are finite, and for
    // finite floats x - y is negative exactly if x < y; adding 0 turns -0 into +0.
    for (int j = 0; j < n; j++) {
      float s = scores[j] + 0f;
      above += Float.floatToRawIntBits(high - s) >>> 31;
      below += Float.floatToRawIntBits(s - low) >>> 31;
      good += Float.floatToRawIntBits(s - floor) >>> 31;
    }
    count.above(above);
    if (above + below < n) {
      for (int j = 0; j < n; j++) {
        if (scores[j] >= low && scores[j] <= high) {
          count.near(base + j, exact.of(count.query(), base + j), task.ties());
        }
      }
    }
    if (good < n) {
      for (int j = 0; j < n; j++) {
        if (scores[j] >= count.floor()) {
          count.offer(base + j, exact.of(count.query(), base + j));
        }
      }
    }
  }

  /** The K-th highest of the first scores, of which there are at least as many. */
  private float lastOfBest(float[] scores, int n) {
    int filled = 0;
    for (int j = 0; j < n; j++) {
      if (filled == top.length && scores[j] <= top[filled - 1]) {
        continue;
      }
      int place = Math.min(filled, top.length - 1);
      while (place > 0 && top[place - 1] < scores[j]) {
        top[place] = top[place - 1];
        place--;
      }
      top[place] = scores[j];
      filled = Math.min(filled + 1, top.length);
    }
    return top[top.length - 1];
  }
}
