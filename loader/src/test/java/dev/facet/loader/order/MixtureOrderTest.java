package dev.facet.loader.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.base.SampleRandom;
import dev.facet.loader.data.ChunkSizes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixtureOrderTest {
  private static final int EPOCHS = 6;

  /** Parts drawn at random, and all they give over some epochs. */
  private static final class Mixed {
    final List<ChunkSizes> parts = new ArrayList<>();
    final List<Double> weights = new ArrayList<>();
    final ChunkSizes all;
    final long seed;

    Mixed(long seed) {
      this.seed = seed;
      SampleRandom random = new SampleRandom();
      random.reset(seed, 1, 1);
      List<Integer> rows = new ArrayList<>();
      for (int s = 0; s < 2 + seed % 3; s++) {
        ChunkSizes sizes = Drawn.sizes(100 * seed + s);
        parts.add(sizes);
        weights.add(random.nextDouble(0.1, 1));
        for (int chunk = 0; chunk < sizes.chunks(); chunk++) {
          rows.add(sizes.rows(chunk));
        }
      }
      all = new ChunkSizes(rows.size(), rows::get);
    }

    MixtureOrder order(int epoch, int chunks) {
      return new MixtureOrder(parts, weights, seed, epoch, WindowLimit.ofChunks(chunks));
    }

    /** First row of a part; the number of rows for the part after the last. */
    long firstRow(int part) {
      return parts.subList(0, part).stream().mapToLong(ChunkSizes::rows).sum();
    }

    double share(int part) {
      return weights.get(part) / weights.stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void everyWindowHasItsSharesAndEveryPassOfAPartEveryRowOnce(long seed) {
    Mixed mixed = new Mixed(seed);
    for (int chunks : new int[] {1, 3, 16}) {
      for (int part = 0; part < mixed.parts.size(); part++) {
        long low = mixed.firstRow(part);
        long high = mixed.firstRow(part + 1);
        List<Long> stream = new ArrayList<>();
        long read = 0;
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
          MixtureOrder order = mixed.order(epoch, chunks);
          for (int w = 0; w < order.windows(); w++) {
            Window window = order.window(w);
            read += window.end() - window.start();
            stream.addAll(unmixed(window, mixed.all, low, high));
            // Exact: never a whole sample off, at the end of any window of any epoch.
            assertThat((double) stream.size())
                .isBetween(read * mixed.share(part) - 1, read * mixed.share(part) + 1);
          }
        }
        Long[] once = LongStream.range(low, high).boxed().toArray(Long[]::new);
        int rows = once.length;
        for (int pass = 0; (pass + 1) * rows <= stream.size(); pass++) {
          assertThat(stream.subList(pass * rows, (pass + 1) * rows))
              .containsExactlyInAnyOrder(once);
        }
      }
    }
  }

  /** Rows of a part in the order in which its stream gives them. */
  private static List<Long> unmixed(Window window, ChunkSizes sizes, long low, long high) {
    List<Long> rows = new ArrayList<>();
    for (long place = 0; place < window.end() - window.start(); place++) {
      int k = window.spanAt(place);
      long row = sizes.firstRow(window.chunk(k)) + window.index(place, k);
      if (row >= low && row < high) {
        rows.add(row);
      }
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aWindowIsTheSameWhateverWasAskedBefore(long seed) {
    Mixed mixed = new Mixed(seed);
    MixtureOrder forwards = mixed.order(2, 3);
    List<Long> rows = Drawn.rows(forwards, mixed.all);
    assertThat(rows).hasSize((int) mixed.all.rows());
    for (int position = 0; position < rows.size(); position++) {
      MixtureOrder fresh = mixed.order(2, 3);
      Window window = fresh.window(fresh.windowOf(position));
      assertThat((long) position).isBetween(window.start(), window.end() - 1);
      assertThat(Drawn.row(window, position, mixed.all)).isEqualTo(rows.get(position));
    }
    assertThat(forwards.windowOf(rows.size())).isEqualTo(forwards.windows());
  }

  @Test
  void partsAreMixedWithinAWindow() {
    ChunkSizes sizes = new ChunkSizes(100, chunk -> 100);
    MixtureOrder order =
        new MixtureOrder(List.of(sizes, sizes), List.of(1.0, 1.0), 5, 0, WindowLimit.ofChunks(8));
    Window window = order.window(0);
    int changes = 0;
    for (long position = 1; position < window.end(); position++) {
      boolean here = window.chunk(window.spanAt(window.place(position))) < 100;
      boolean before = window.chunk(window.spanAt(window.place(position - 1))) < 100;
      changes += here == before ? 0 : 1;
    }
    assertThat((double) changes / window.end()).isBetween(0.4, 0.6);
  }

  @Test
  void aWindowHoldsAboutAsManyChunksAsAskedForWhateverTheirSizes() {
    ChunkSizes small = new ChunkSizes(2_000, chunk -> 10);
    ChunkSizes large = new ChunkSizes(300, chunk -> 1_000);
    for (double weight : new double[] {0.05, 0.5, 0.95}) {
      MixtureOrder order =
          new MixtureOrder(
              List.of(small, large), List.of(weight, 1 - weight), 5, 0, WindowLimit.ofChunks(32));
      for (int w = 0; w < order.windows(); w++) {
        // Two more per part where its share begins and ends within a chunk.
        assertThat(order.window(w).spans()).isBetween(20, 32 + 16 + 4);
      }
    }
  }

  @Test
  void aRowThatComesAgainWithinAnEpochIsInALaterPass() {
    ChunkSizes tiny = new ChunkSizes(1, chunk -> 3);
    ChunkSizes large = new ChunkSizes(30, chunk -> 10);
    MixtureOrder order =
        new MixtureOrder(List.of(tiny, large), List.of(1.0, 1.0), 5, 0, WindowLimit.ofChunks(40));
    Window window = order.window(0);
    for (int k = 0; k < 5; k++) {
      assertThat(window.chunk(k)).isZero();
      assertThat(window.pass(k)).isEqualTo(k);
    }
  }
}
