package dev.facet.eval.retrieval;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How a ranking is gone about; none of it changes a rank.
 *
 * @param block queries at once, at least 1; fewer where threads would have nothing to do
 * @param stop asked by several threads, once a tile, whether to give up
 * @param progress told by several threads how many queries are done, of {@link Retrieval#queries}
 * @param folder where the ranks of finished blocks are kept, so that another process goes on with
 *     them; null for nowhere
 */
public record RankingWork(
    int block, BooleanSupplier stop, LongConsumer progress, @Nullable Path folder) {
  /** So many that making a tile ready is cheap beside scoring it. */
  private static final int BLOCK = 2048;

  public RankingWork {
    if (block < 1) {
      throw new IllegalArgumentException("block is " + block + ", must be at least 1");
    }
  }

  /** To its end, in one go. */
  public static RankingWork plain() {
    return new RankingWork(BLOCK, () -> false, done -> {}, null);
  }

  /** The same, which can be stopped. */
  public RankingWork until(BooleanSupplier asked) {
    return new RankingWork(block, asked, progress, folder);
  }

  /** The same, which tells how far it is. */
  public RankingWork telling(LongConsumer watcher) {
    return new RankingWork(block, stop, watcher, folder);
  }

  /** The same, which keeps what is finished in a folder that exists. */
  public RankingWork keptIn(Path kept) {
    return new RankingWork(block, stop, progress, kept);
  }

  /** Queries at once, a multiple of a tile's, so that all threads have as many blocks. */
  int blockOf(int queries, int threads) {
    int rounds = Math.ceilDiv(queries, Math.multiplyExact(block, threads));
    int even = Math.ceilDiv(queries, rounds * threads);
    return Math.min(block, Math.ceilDiv(even, ScoreTile.QUERIES) * ScoreTile.QUERIES);
  }
}
