package dev.facet.bench;

import dev.facet.base.SampleRandom;
import dev.facet.loader.data.ChunkSizes;
import dev.facet.loader.order.EpochOrder;
import dev.facet.loader.order.Permutation;
import dev.facet.loader.order.Window;
import dev.facet.loader.order.WindowLimit;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntUnaryOperator;

/**
 * How well an epoch's order mixes rows, against a shuffle buffer as webdataset has it. Pure
 * arithmetic, no data is read; docs/benchmarks.md defines the figures.
 */
public final class ShuffleQuality {
  private static final int ROWS = 1_000_000;
  private static final int BATCH = 256;
  private static final int CHUNK = 256;
  private static final int TAR = 10_000;
  private static final int BUFFER = 5_000;
  private static final int FIRST = 1_000;
  private static final long SEED = 1;

  private ShuffleQuality() {}

  /** Prints the table. */
  public static void main(String[] args) {
    System.out.println("| order | displacement | adjacent rows | rows of a chunk |");
    System.out.println("|---|---|---|---|");
    print("as stored", rows(i -> i));
    Permutation uniform = new Permutation(ROWS, SEED);
    print("uniform permutation", rows(i -> (int) uniform.apply(i)));
    print("webdataset, buffer of 5,000", buffered());
    for (int window : new int[] {16, 40, 64, 256}) {
      print("Facet, window of " + window, windowed(window));
    }
  }

  private static int[] rows(IntUnaryOperator rowAt) {
    int[] order = new int[ROWS];
    Arrays.setAll(order, rowAt);
    return order;
  }

  /** Facet's order of epoch 0. */
  private static int[] windowed(int chunks) {
    ChunkSizes sizes =
        new ChunkSizes(Math.ceilDiv(ROWS, CHUNK), k -> Math.min(CHUNK, ROWS - k * CHUNK));
    EpochOrder order = new EpochOrder(sizes, SEED, 0, WindowLimit.ofChunks(chunks), true);
    int[] rows = new int[ROWS];
    for (int w = 0; w < order.windows(); w++) {
      Window window = order.window(w);
      for (long position = window.start(); position < window.end(); position++) {
        long place = window.place(position);
        int k = window.spanAt(place);
        rows[(int) position] = (int) sizes.firstRow(window.chunk(k)) + window.index(place, k);
      }
    }
    return rows;
  }

  /**
   * Tars in random order, rows through a buffer: each step reads a row into it, a second one until
   * it is full, and gives out a random one once there are enough to begin with (webdataset,
   * filters.py; sizes as open_clip's data.py sets them).
   */
  private static int[] buffered() {
    Permutation tars = new Permutation(ROWS / TAR, SEED);
    SampleRandom random = new SampleRandom();
    random.reset(SEED, 0, 0);
    int[] rows = new int[ROWS];
    int[] buffer = new int[BUFFER + 1];
    int held = 0;
    int read = 0;
    int given = 0;
    while (given < ROWS) {
      for (int more = held < BUFFER - 1 ? 2 : 1; more > 0 && read < ROWS; more--) {
        buffer[held++] = (int) tars.apply(read / TAR) * TAR + read % TAR;
        read++;
      }
      if (held >= FIRST || read == ROWS) {
        int drawn = random.nextInt(held);
        rows[given++] = buffer[drawn];
        buffer[drawn] = buffer[--held];
      }
    }
    return rows;
  }

  private static void print(String name, int[] order) {
    int[] batchOf = new int[ROWS];
    double displacement = 0;
    for (int position = 0; position < ROWS; position++) {
      batchOf[order[position]] = position / BATCH;
      displacement += Math.abs(position - order[position]);
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %.3f | %.1f | %.1f |%n",
        name,
        displacement / ROWS / ROWS,
        adjacent(batchOf),
        ofOneChunk(batchOf));
  }

  /** Probability that two random rows share a batch. */
  private static double chance() {
    return (BATCH - 1.0) / (ROWS - 1.0);
  }

  private static double adjacent(int[] batchOf) {
    long together = 0;
    for (int row = 1; row < ROWS; row++) {
      together += batchOf[row] == batchOf[row - 1] ? 1 : 0;
    }
    return together / (ROWS - 1.0) / chance();
  }

  private static double ofOneChunk(int[] batchOf) {
    long together = 0;
    long pairs = 0;
    for (int from = 0; from + CHUNK <= ROWS; from += CHUNK) {
      int[] batches = Arrays.copyOfRange(batchOf, from, from + CHUNK);
      Arrays.sort(batches);
      int same = 0;
      for (int i = 1; i < CHUNK; i++) {
        same = batches[i] == batches[i - 1] ? same + 1 : 0;
        together += same;
      }
      pairs += CHUNK * (CHUNK - 1) / 2;
    }
    return (double) together / pairs / chance();
  }
}
