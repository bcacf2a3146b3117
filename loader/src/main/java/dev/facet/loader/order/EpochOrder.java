package dev.facet.loader.order;

import dev.facet.augment.SampleRandom;
import java.util.Arrays;

/**
 * The order of one epoch, a pure function of (seed, epoch): chunks in a seeded permutation, taken
 * in windows, rows permuted inside each window. Immutable. Holds two numbers per chunk; to find any
 * position costs a binary search, so a run resumes without replaying.
 *
 * <p>Rows are mixed among {@code window} chunks only: a window is what has to be in memory at once.
 */
public final class EpochOrder {
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
    this.chunksPerWindow = shuffle ? Math.min(chunksPerWindow, sizes.chunks()) : 1;
    this.chunks = new int[sizes.chunks()];
    this.firstPosition = new long[sizes.chunks() + 1];
    Permutation permutation = new Permutation(sizes.chunks(), this.seed);
    for (int k = 0; k < chunks.length; k++) {
      chunks[k] = shuffle ? (int) permutation.apply(k) : k;
      firstPosition[k + 1] = firstPosition[k] + sizes.rows(chunks[k]);
    }
  }

  public int epoch() {
    return epoch;
  }

  public int windows() {
    return Math.ceilDiv(chunks.length, chunksPerWindow);
  }

  /** The window that holds a position of this epoch. */
  public int windowOf(long position) {
    int found = Arrays.binarySearch(firstPosition, position);
    int chunk = found >= 0 ? found : -found - 2;
    return chunk / chunksPerWindow;
  }

  /** A window's rows. */
  public Window window(int index) {
    return new Window(index);
  }

  /** Consecutive positions of the epoch, whose rows come from a few chunks. Immutable. */
  public final class Window {
    private final int first;
    private final int last;
    private final Permutation rows;

    private Window(int index) {
      first = index * chunksPerWindow;
      last = Math.min(first + chunksPerWindow, chunks.length);
      rows = new Permutation(end() - start(), seed ^ SampleRandom.mix(index + 1L));
    }

    /** First position of the epoch that is in this window. */
    public long start() {
      return firstPosition[first];
    }

    /** First position of the epoch past this window. */
    public long end() {
      return firstPosition[last];
    }

    public int chunkCount() {
      return last - first;
    }

    /** Number within the dataset of the window's {@code k}-th chunk. */
    public int chunk(int k) {
      return chunks[first + k];
    }

    /** Where the row read at a position stands, were the window not mixed. */
    public long place(long position) {
      return shuffle ? start() + rows.apply(position - start()) : position;
    }

    /** Which of the window's chunks, from 0, holds the row at a place. */
    public int chunkAt(long place) {
      int found = Arrays.binarySearch(firstPosition, first, last, place);
      return (found >= 0 ? found : -found - 2) - first;
    }

    /** Index, within the window's {@code k}-th chunk, of the row at a place. */
    public int index(long place, int k) {
      return (int) (place - firstPosition[first + k]);
    }
  }
}
