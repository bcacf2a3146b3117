package dev.facet.eval.retrieval;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast queries are ranked among candidates of which each has one right answer, that of its own
 * number.
 *
 * @param figures of the ranks
 * @param seconds it took, without reading the candidates' lengths
 */
public record RankRate(Direction figures, double seconds) {

  /**
   * Ranks all queries, as {@link Retrieval#rank} ranks one direction, and takes the time.
   *
   * @param queries one row each
   * @param candidates at least as many rows, of the same width
   */
  public static RankRate measure(
      Embeddings queries, Embeddings candidates, RetrievalSettings settings, RankingWork work) {
    queries.requireFinite("query");
    double longest = candidates.requireFinite("candidate");
    int[] asked = new int[queries.rows()];
    Arrays.setAll(asked, query -> query);
    RankTask task =
        new RankTask(
            queries,
            candidates,
            (query, visitor) -> visitor.accept(query),
            settings.tieRule(),
            settings.depth(),
            longest,
            asked);
    RankTable table = new RankTable(asked.length);
    AtomicLong done = new AtomicLong();
    long start = System.nanoTime();
    task.run(
        table,
        settings.threads(),
        work,
        (from, to) -> work.progress().accept(done.addAndGet(to - from)));
    double seconds = (System.nanoTime() - start) / 1e9;
    return new RankRate(table.ranks(candidates.rows()).summary(), seconds);
  }
}
