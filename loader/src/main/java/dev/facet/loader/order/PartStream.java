package dev.facet.loader.order;

import dev.facet.base.SampleRandom;
import dev.facet.loader.data.ChunkSizes;
import org.jspecify.annotations.Nullable;

/**
 * One part of a mixture as an endless stream: pass after pass over its rows, each in an order of
 * its own. Keeps the order of the pass in progress; not thread-safe.
 */
final class PartStream {
  private final ChunkSizes sizes;
  private final int firstChunk;
  private final long seed;
  private int pass = -1;
  private @Nullable EpochOrder order;

  /**
   * @param firstChunk number, within the mixture, of the part's first chunk
   */
  PartStream(ChunkSizes sizes, int firstChunk, long seed, int part) {
    this.sizes = sizes;
    this.firstChunk = firstChunk;
    this.seed = seed ^ SampleRandom.mix(part + 1L);
  }

  /** Adds the rows of [from, to) of the stream. */
  void addSpans(Window.Builder spans, long from, long to) {
    long rows = sizes.rows();
    for (long at = from; at < to; ) {
      int number = Math.toIntExact(at / rows);
      long begin = number * rows;
      long end = Math.min(to, begin + rows);
      order(number).addSpans(spans, firstChunk, at - begin, end - begin);
      at = end;
    }
  }

  private EpochOrder order(int number) {
    if (order == null || pass != number) {
      pass = number;
      order = new EpochOrder(sizes, seed, number, WindowLimit.ofChunks(1), true);
    }
    return order;
  }
}
