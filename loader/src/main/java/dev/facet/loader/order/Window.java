package dev.facet.loader.order;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive positions of an epoch, whose rows come from a few spans: a span is a run of
 * consecutive rows of one chunk. Several spans may come from the same chunk. Immutable.
 *
 * <p>A position leads to a place, which is the position's image under the window's permutation;
 * places count through the spans one after another.
 */
public final class Window {
  private final long start;
  private final int[] chunks;
  private final int[] firstRow;
  private final int[] pass;
  // firstPlace[k]: rows in the k spans before the k-th; one entry more than there are spans.
  private final long[] firstPlace;
  private final @Nullable Permutation rows;

  private Window(Builder from, long start, @Nullable Permutation rows) {
    this.start = start;
    this.chunks = Arrays.copyOf(from.chunks, from.spans);
    this.firstRow = Arrays.copyOf(from.firstRow, from.spans);
    this.pass = Arrays.copyOf(from.pass, from.spans);
    this.firstPlace = Arrays.copyOf(from.firstPlace, from.spans + 1);
    this.rows = rows;
  }

  /** First position of the epoch that is in this window. */
  public long start() {
    return start;
  }

  /** First position of the epoch past this window. */
  public long end() {
    return start + firstPlace[chunks.length];
  }

  /** Number of spans. */
  public int spans() {
    return chunks.length;
  }

  /** Number within the dataset of the chunk that the {@code k}-th span comes from. */
  public int chunk(int k) {
    return chunks[k];
  }

  /**
   * How many times the part that the {@code k}-th span comes from was read through before. For a
   * dataset on its own that is the epoch.
   */
  public int pass(int k) {
    return pass[k];
  }

  /** Where, from 0, the row read at a position of the epoch stands among the spans. */
  public long place(long position) {
    long within = position - start;
    return rows == null ? within : rows.apply(within);
  }

  /** Which span holds the row at a place. */
  public int spanAt(long place) {
    int found = Arrays.binarySearch(firstPlace, place);
    return found >= 0 ? found : -found - 2;
  }

  /** Index, within the chunk of the {@code k}-th span, of the row at a place. */
  public int index(long place, int k) {
    return firstRow[k] + (int) (place - firstPlace[k]);
  }

  /** Collects spans. */
  static final class Builder {
    private int[] chunks = new int[16];
    private int[] firstRow = new int[16];
    private int[] pass = new int[16];
    private long[] firstPlace = new long[17];
    private int spans;

    /** Adds {@code count} rows, at least 1, of a chunk. */
    void add(int chunk, int first, int count, int passNumber) {
      if (spans == chunks.length) {
        chunks = Arrays.copyOf(chunks, 2 * spans);
        firstRow = Arrays.copyOf(firstRow, 2 * spans);
        pass = Arrays.copyOf(pass, 2 * spans);
        firstPlace = Arrays.copyOf(firstPlace, 2 * spans + 1);
      }
      chunks[spans] = chunk;
      firstRow[spans] = first;
      pass[spans] = passNumber;
      firstPlace[spans + 1] = firstPlace[spans] + count;
      spans++;
    }

    /**
     * @param start first position of the window
     * @param seed of the permutation of its rows
     */
    Window shuffled(long start, long seed) {
      return new Window(this, start, new Permutation(firstPlace[spans], seed));
    }

    /** Rows in the order in which they were added. */
    Window inOrder(long start) {
      return new Window(this, start, null);
    }
  }
}
