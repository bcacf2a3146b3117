package dev.facet.loader.order;

import dev.facet.base.SampleRandom;
import dev.facet.loader.data.ChunkSizes;
import java.util.Arrays;

/**
 * The order of one epoch of one dataset, a pure function of (seed, epoch): chunks in a seeded
 * permutation, taken in windows, rows permuted inside each window. Immutable. Holds three numbers
 * per chunk; to find any position costs a binary search, so a run resumes without replaying.
 *
 * <p>Rows are mixed inside a window only: it is what has to be in memory at once. A window ends
 * before the chunk with which it would hold too many, or too many bytes.
 */
public final class EpochOrder implements Order {
  private final int epoch;
  private final boolean shuffle;
  private final long seed;
  private final int[] chunks;
  // firstPosition[k]: rows in the k chunks that come before the k-th of this order.
  private final long[] firstPosition;
  // firstChunk[w]: chunks before those of window w; one entry more than there are windows.
  private final int[] firstChunk;

  /**
   * @param limit of a window; ignored unless {@code shuffle}: in stored order a chunk needs no
   *     company
   */
  public EpochOrder(ChunkSizes sizes, long seed, int epoch, WindowLimit limit, boolean shuffle) {
    this.epoch = epoch;
    this.shuffle = shuffle;
    this.seed = SampleRandom.mix(SampleRandom.mix(seed) + epoch);
    this.chunks = new int[sizes.chunks()];
    this.firstPosition = new long[sizes.chunks() + 1];
    Permutation permutation = new Permutation(sizes.chunks(), this.seed);
    for (int k = 0; k < chunks.length; k++) {
      chunks[k] = shuffle ? (int) permutation.apply(k) : k;
      firstPosition[k + 1] = firstPosition[k] + sizes.rows(chunks[k]);
    }
    this.firstChunk = cut(sizes, shuffle ? limit : WindowLimit.ofChunks(1));
  }

  /** Fills window after window. */
  private int[] cut(ChunkSizes sizes, WindowLimit limit) {
    int[] begins = new int[chunks.length + 1];
    int windows = 0;
    long bytes = 0;
    for (int k = 0; k < chunks.length; k++) {
      bytes += sizes.bytes(chunks[k]);
      int begin = windows == 0 ? -1 : begins[windows - 1];
      if (begin < 0 || k - begin == limit.chunks() || bytes > limit.bytes()) {
        begins[windows++] = k;
        bytes = sizes.bytes(chunks[k]);
      }
    }
    begins[windows] = chunks.length;
    return Arrays.copyOf(begins, windows + 1);
  }

  @Override
  public int windows() {
    return firstChunk.length - 1;
  }

  @Override
  public int windowOf(long position) {
    return position >= firstPosition[chunks.length]
        ? windows()
        : last(Arrays.binarySearch(firstChunk, chunkAt(position)));
  }

  @Override
  public Window window(int index) {
    int first = firstChunk[index];
    int end = firstChunk[index + 1];
    Window.Builder spans = new Window.Builder();
    addSpans(spans, 0, firstPosition[first], firstPosition[end]);
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
    return last(Arrays.binarySearch(firstPosition, position));
  }

  /** From what a binary search found: the last entry that is not above what was looked for. */
  private static int last(int found) {
    return found >= 0 ? found : -found - 2;
  }
}
