package dev.facet.eval.retrieval;

/**
 * Queries of one direction to be ranked.
 *
 * @param queries a row for each
 * @param candidates a row for each
 * @param positives the right answers of a query
 * @param ties where a positive stands among equals
 * @param depth K of mAP@K
 * @param longest length of the longest candidate
 * @param asked the rows of the queries that are wanted, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RankTask(
    Embeddings queries,
    Embeddings candidates,
    RankCounter.Positives positives,
    TieRule ties,
    int depth,
    double longest,
    int[] asked) {

  /**
   * Ranks what is asked for.
   *
   * @param table gets the ranks
   * @param finished told by several threads of each block that is done: places in {@link #asked}
   */
  void run(RankTable table, int threads, RankingWork work, Blocks.Worker finished) {
    int block = work.blockOf(asked.length, threads);
    Blocks.run(
        asked.length,
        block,
        threads,
        () -> {
          RankCounter counter = new RankCounter(this, block, table, work.stop());
          return (from, to) -> {
            counter.run(from, to);
            finished.run(from, to);
          };
        });
  }
}
