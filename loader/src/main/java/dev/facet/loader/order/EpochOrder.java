package dev.facet.loader.order;

import dev.facet.augment.SampleRandom;
import java.util.Arrays;

/**
 * The order of one epoch of one dataset, a pure function of (seed, epoch): chunks in a seeded
 * permutation, taken in windows, rows permuted inside each window. Immutable. Holds two numbers per
 * chunk; to find any position costs a binary search, so a run resumes without replaying.
 *
 * <p>Rows are mixed among {@code window} chunks only: a window is what has to be in memory at once.
 */
public final class EpochOrder implements Order {
  private final int epoch;
  private final boolean shuffle;
  private final long seed;
  private final int chunksPerWindow;
  private final int[] chunks;
  // firstPosition[k]: rows in the k chunks that come before the k-th of this order.
  private final long[] firstPosition;

  /**
   * @param chunksPerWindow ignored unless {@code shuffle}: in stored order nothing needs company
   */
  public EpochOrder(ChunkSizes sizes, long seed, int epoch, int chunksPerWindow, boolean shuffle) {
    this.epoch = epoch;
    this.shuffle = shuffle;
    this.seed = SampleRandom.mix(SampleRandom.mix(seed) + epoch);
    this.chunksPerWindow = shuffle ? Math.max(1, Math.min(chunksPerWindow, sizes.chunks())) : 1;
    this.chunks = new int[sizes.chunks()];
    this.firstPosition = new long[sizes.chunks() + 1];
    Permutation permutation = new Permutation(sizes.chunks(), this.seed);
    for (int k = 0; k < chunks.length; k++) {
      chunks[k] = shuffle ? (int) permutation.apply(k) : k;
      firstPosition[k + 1] = firstPosition[k] + sizes.rows(chunks[k]);
    }
  }

  @Override
  public int windows() {
    return Math.ceilDiv(chunks.length, chunksPerWindow);
  }

  @Override
  public int windowOf(long position) {
    return position >= firstPosition[chunks.length]
        ? windows()
        : chunkAt(position) / chunksPerWindow;
  }

  @Override
  public Window window(int index) {
    int first = index * chunksPerWindow;
    int last = Math.min(first + chunksPerWindow, chunks.length);
    Window.Builder spans = new Window.Builder();
    addSpans(spans, 0, firstPosition[first], firstPosition[last]);
    return shuffle
        ? spans.shuffled(firstPosition[first], seed ^ SampleRandom.mix(index + 1L))
        : spans.inOrder(firstPosition[first]);
  }

  /**
   * Adds the rows of [from, to) chunk by chunk, before any window mixes them.
   *
   * @param firstChunk what to add to this dataset's chunk numbers
   */
  void addSpans(Window.Builder spans, int firstChunk, long from, long to) {
    for (int k = chunkAt(from); k < chunks.length && firstPosition[k] < to; k++) {
      long begin = Math.max(from, firstPosition[k]);
      long end = Math.min(to, firstPosition[k + 1]);
      int first = (int) (begin - firstPosition[k]);
      spans.add(firstChunk + chunks[k], first, (int) (end - begin), epoch);
    }
  }

  /** The chunk, counted in this order, that holds a position. */
  private int chunkAt(long position) {
    int found = Arrays.binarySearch(firstPosition, position);
    return found >= 0 ? found : -found - 2;
  }
}
