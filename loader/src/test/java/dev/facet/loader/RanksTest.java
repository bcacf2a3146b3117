package dev.facet.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.base.SampleRandom;
import dev.facet.loader.data.ChunkSizes;
import dev.facet.loader.data.MemoryDataset;
import dev.facet.loader.order.EpochOrder;
import dev.facet.loader.order.Window;
import dev.facet.loader.order.WindowLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arithmetic of order, batches and ranks together, for sizes that divide nothing. */
class RanksTest {
  private final Setup setup = new Setup();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void theRanksTogetherReadEveryRowOnceFromAnyKillPointOn(long seed) {
    SampleRandom random = new SampleRandom();
    random.reset(seed, 0, 0);
    int rows = List.of(1, 2, 3, 17, 64, 97, 101, 240).get(random.nextInt(8));
    setup.ranks = 1 + random.nextInt(9);
    setup.parts = 1 + random.nextInt(3);
    setup.batch = setup.ranks * setup.parts * (1 + random.nextInt(12));
    setup.epochs = 3;
    setup.window = 1 + random.nextInt(8);
    int inChunk = 1 + random.nextInt(9);
    ChunkSizes sizes =
        new ChunkSizes(
            Math.ceilDiv(rows, inChunk), chunk -> Math.min(inChunk, rows - chunk * inChunk));
    List<Long> whole = sequence(sizes, Position.START);
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(whole.subList(epoch * rows, (epoch + 1) * rows))
          .containsExactlyInAnyOrderElementsOf(LongStream.range(0, rows).boxed().toList());
    }
    for (int kill = 0; kill < 20; kill++) {
      int done = random.nextInt(3 * rows);
      assertThat(sequence(sizes, new Position(done / rows, done % rows)))
          .isEqualTo(whole.subList(done, 3 * rows));
    }
  }

  /** What all ranks read, batch by batch, one rank's share after the other's. */
  private List<Long> sequence(ChunkSizes sizes, Position start) {
    List<BatchPlan> plans = new ArrayList<>();
    for (setup.rank = 0; setup.rank < setup.ranks; setup.rank++) {
      plans.add(new BatchPlan(sizes.rows(), setup.settings(), start));
    }
    List<EpochOrder> orders =
        IntStream.range(0, setup.epochs)
            .mapToObj(
                epoch -> new EpochOrder(sizes, 42, epoch, WindowLimit.ofChunks(setup.window), true))
            .toList();
    List<Long> rows = new ArrayList<>();
    long batches = plans.getFirst().batches();
    for (long first = 0; first < batches; first += setup.parts) {
      for (BatchPlan plan : plans) {
        for (int part = 0; part < setup.parts; part++) {
          add(plan, first + part, orders.get(plan.epoch(first)), sizes, rows);
        }
      }
    }
    return rows;
  }

  private static void add(
      BatchPlan plan, long batch, EpochOrder order, ChunkSizes sizes, List<Long> rows) {
    for (int i = 0; i < plan.size(batch); i++) {
      long position = plan.first(batch) + i;
      Window window = order.window(order.windowOf(position));
      long place = window.place(position);
      int k = window.spanAt(place);
      rows.add(sizes.firstRow(window.chunk(k)) + window.index(place, k));
    }
  }

  @Test
  void moreRanksThanSamplesEndTogetherSomeWithEmptyBatches() throws Exception {
    setup.ranks = 8;
    setup.epochs = 2;
    MemoryDataset three = MemoryDataset.of(3, 2);
    List<Long> union = new ArrayList<>();
    int empty = 0;
    for (setup.rank = 0; setup.rank < 8; setup.rank++) {
      List<Setup.Copy> batches = setup.all(three);
      assertThat(batches).hasSize(2);
      assertThat(batches.getLast().next()).isEqualTo(new Position(2, 0));
      union.addAll(batches.getFirst().rows());
      empty += batches.getFirst().rows().isEmpty() ? 1 : 0;
    }
    assertThat(union).containsExactlyInAnyOrder(0L, 1L, 2L);
    assertThat(empty).isEqualTo(5);
    assertThat(three.openChunks).hasValue(0);
  }

  @Test
  void aRankOpensThoseChunksOnlyThatItReadsFrom() throws Exception {
    setup.ranks = 8;
    setup.window = 40;
    for (setup.rank = 0; setup.rank < 8; setup.rank++) {
      MemoryDataset data = MemoryDataset.of(80, 2);
      Set<Integer> chunks =
          Setup.rows(setup.all(data)).stream()
              .map(row -> (int) (row / 2))
              .collect(Collectors.toSet());
      assertThat(chunks).hasSizeBetween(5, 10);
      assertThat(data.opened.keySet()).isEqualTo(chunks);
    }
  }
}
