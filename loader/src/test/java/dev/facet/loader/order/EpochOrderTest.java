package dev.facet.loader.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.loader.data.ChunkSizes;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochOrderTest {
  private static final int[] ROWS = {3, 1, 4, 1, 5, 9, 2, 6};
  private static final ChunkSizes SIZES = new ChunkSizes(ROWS.length, i -> ROWS[i]);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void everyRowComesOnceInWindowsThatFollowEachOther(long seed) {
    ChunkSizes sizes = Drawn.sizes(seed);
    Long[] all = LongStream.range(0, sizes.rows()).boxed().toArray(Long[]::new);
    for (int chunks : new int[] {1, 2, 3, 7, sizes.chunks(), 100}) {
      EpochOrder order = new EpochOrder(sizes, seed, 3, WindowLimit.ofChunks(chunks), true);
      assertThat(Drawn.rows(order, sizes)).containsExactlyInAnyOrder(all);
      long start = 0;
      for (int w = 0; w < order.windows(); w++) {
        Window window = order.window(w);
        assertThat(window.start()).isEqualTo(start);
        assertThat(window.spans()).isLessThanOrEqualTo(chunks);
        assertThat(order.windowOf(start)).isEqualTo(w);
        assertThat(order.windowOf(window.end() - 1)).isEqualTo(w);
        start = window.end();
      }
      assertThat(order.windowOf(sizes.rows())).isEqualTo(order.windows());
    }
  }

  @Test
  void theOrderDependsOnSeedAndEpochOnly() {
    List<Long> order =
        Drawn.rows(new EpochOrder(SIZES, 1, 0, WindowLimit.ofChunks(3), true), SIZES);
    assertThat(Drawn.rows(new EpochOrder(SIZES, 1, 0, WindowLimit.ofChunks(3), true), SIZES))
        .isEqualTo(order);
    assertThat(Drawn.rows(new EpochOrder(SIZES, 1, 1, WindowLimit.ofChunks(3), true), SIZES))
        .isNotEqualTo(order);
    assertThat(Drawn.rows(new EpochOrder(SIZES, 2, 0, WindowLimit.ofChunks(3), true), SIZES))
        .isNotEqualTo(order);
  }

  @Test
  void withoutShuffleRowsComeAsStored() {
    assertThat(Drawn.rows(new EpochOrder(SIZES, 1, 0, WindowLimit.ofChunks(3), false), SIZES))
        .containsExactlyElementsOf(LongStream.range(0, 31).boxed().toList());
  }

  @Test
  void anyPositionAmong15MillionRowsIsFoundWithoutReplay() {
    AtomicInteger asked = new AtomicInteger();
    ChunkSizes sizes =
        new ChunkSizes(
            58_600,
            chunk -> {
              asked.incrementAndGet();
              return 256;
            });
    EpochOrder order = new EpochOrder(sizes, 7, 11, WindowLimit.ofChunks(64), true);
    assertThat(asked).hasValue(58_600);
    for (long position = 0; position < sizes.rows(); position += 1_234_567) {
      Window window = order.window(order.windowOf(position));
      assertThat(position).isBetween(window.start(), window.end() - 1);
      // All there is to look at: one window's spans, never those before it.
      assertThat(window.spans()).isLessThanOrEqualTo(64);
      assertThat(Drawn.row(window, position, sizes)).isBetween(0L, sizes.rows() - 1);
    }
    assertThat(asked).hasValue(58_600);
  }
}
