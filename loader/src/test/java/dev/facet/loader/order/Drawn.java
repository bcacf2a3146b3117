package dev.facet.loader.order;

import dev.facet.base.SampleRandom;
import dev.facet.loader.data.ChunkSizes;
import java.util.ArrayList;
import java.util.List;

/** Chunk sizes drawn at random, and the rows of an order. */
final class Drawn {
  private Drawn() {}

  /** Up to 40 chunks of up to 30 rows. */
  static ChunkSizes sizes(long seed) {
    SampleRandom random = new SampleRandom();
    random.reset(seed, 0, 0);
    int most = 1 + random.nextInt(30);
    int[] rows = new int[1 + random.nextInt(40)];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = 1 + random.nextInt(most);
    }
    return new ChunkSizes(rows.length, i -> rows[i]);
  }

  /** Numbers of the rows read at all positions of an order, window by window. */
  static List<Long> rows(Order order, ChunkSizes sizes) {
    List<Long> rows = new ArrayList<>();
    for (int w = 0; w < order.windows(); w++) {
      Window window = order.window(w);
      for (long position = window.start(); position < window.end(); position++) {
        rows.add(row(window, position, sizes));
      }
    }
    return rows;
  }

  static long row(Window window, long position, ChunkSizes sizes) {
    long place = window.place(position);
    int k = window.spanAt(place);
    int index = window.index(place, k);
    if (index < 0 || index >= sizes.rows(window.chunk(k))) {
      throw new AssertionError("row " + index + " of chunk " + window.chunk(k));
    }
    return sizes.firstRow(window.chunk(k)) + index;
  }
}
