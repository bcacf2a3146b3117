package dev.facet.bench;

import dev.facet.loader.data.ChunkSizes;
import dev.facet.loader.order.EpochOrder;
import dev.facet.loader.order.MixtureOrder;
import dev.facet.loader.order.Order;
import dev.facet.loader.order.Window;
import dev.facet.loader.order.WindowLimit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Finding the row of a position among 15 million, from nothing but the sizes of the chunks. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OrderBenchmark {
  private static final int CHUNKS = 58_600;
  private static final int WINDOW = 64;
  private static final long POSITION = 14_000_003;

  /** One dataset. */
  @Benchmark
  public long restore() {
    return row(
        new EpochOrder(
            new ChunkSizes(CHUNKS, chunk -> 256), 1, 7, WindowLimit.ofChunks(WINDOW), true));
  }

  /** The same rows as three parts of a mixture. */
  @Benchmark
  public long restoreMixture() {
    List<ChunkSizes> parts =
        List.of(
            new ChunkSizes(CHUNKS / 2, chunk -> 256),
            new ChunkSizes(CHUNKS / 4, chunk -> 256),
            new ChunkSizes(CHUNKS / 4, chunk -> 256));
    return row(new MixtureOrder(parts, List.of(0.6, 0.3, 0.1), 1, 7, WindowLimit.ofChunks(WINDOW)));
  }

  private static long row(Order order) {
    Window window = order.window(order.windowOf(POSITION));
    long place = window.place(POSITION);
    return window.index(place, window.spanAt(place));
  }
}
