package dev.facet.loader.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EpochOrderTest {
  private static final int[] ROWS = {3, 1, 4, 1, 5, 9, 2, 6};
  private static final ChunkSizes SIZES = new ChunkSizes(ROWS.length, i -> ROWS[i]);

  private static List<Long> rows(EpochOrder order) {
    List<Long> rows = new ArrayList<>();
    for (long position = 0; position < SIZES.rows(); position++) {
      EpochOrder.Window window = order.window(order.windowOf(position));
      long place = window.place(position);
      int k = window.chunkAt(place);
      assertThat(window.index(place, k)).isBetween(0, SIZES.rows(window.chunk(k)) - 1);
      rows.add(SIZES.firstRow(window.chunk(k)) + window.index(place, k));
    }
    return rows;
  }

  @Test
  void chunksOfUnequalSizeGiveEveryRowOnce() {
    for (int window = 1; window <= 9; window++) {
      assertThat(rows(new EpochOrder(SIZES, 1, 0, window, true)))
          .containsExactlyInAnyOrder(LongStream.range(0, 31).boxed().toArray(Long[]::new));
    }
  }

  @Test
  void theOrderDependsOnSeedAndEpochOnly() {
    List<Long> order = rows(new EpochOrder(SIZES, 1, 0, 3, true));
    assertThat(rows(new EpochOrder(SIZES, 1, 0, 3, true))).isEqualTo(order);
    assertThat(rows(new EpochOrder(SIZES, 1, 1, 3, true))).isNotEqualTo(order);
    assertThat(rows(new EpochOrder(SIZES, 2, 0, 3, true))).isNotEqualTo(order);
  }

  @Test
  void rowsStayWithinTheirWindow() {
    EpochOrder order = new EpochOrder(SIZES, 5, 2, 3, true);
    assertThat(order.windows()).isEqualTo(3);
    long start = 0;
    for (int w = 0; w < order.windows(); w++) {
      EpochOrder.Window window = order.window(w);
      assertThat(window.start()).isEqualTo(start);
      for (long position = start; position < window.end(); position++) {
        assertThat(order.windowOf(position)).isEqualTo(w);
        assertThat(window.place(position)).isBetween(start, window.end() - 1);
      }
      start = window.end();
    }
    assertThat(start).isEqualTo(31);
  }
}
