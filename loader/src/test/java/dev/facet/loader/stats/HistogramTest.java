package dev.facet.loader.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {
  @Test
  void everyDurationIsNoFurtherFromTheMiddleOfItsBucketThanStated() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      long nanos = random.nextLong() >>> (22 + random.nextInt(42));
      double middle = Histogram.middle(Histogram.bucket(nanos));
      assertThat(Math.abs(middle - nanos)).isLessThanOrEqualTo(nanos / 16.0);
    }
  }

  @Test
  void bucketsFollowEachOtherWithoutGapOrOverlap() {
    int before = 0;
    for (long nanos = 1; nanos < 1 << 16; nanos++) {
      int bucket = Histogram.bucket(nanos);
      assertThat(bucket - before).isBetween(0, 1);
      before = bucket;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -5, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 42, (1L << 42) - 1})
  void noDurationIsRefused(long nanos) {
    Histogram histogram = new Histogram();

    histogram.add(nanos);

    assertThat(Arrays.stream(counts(histogram)).sum()).isEqualTo(1);
  }

  @Test
  void quantilesAreThoseOfTheSortedDurations() {
    Random random = new Random(2);
    Histogram histogram = new Histogram();
    long[] durations = random.longs(10_000, 1, 50_000_000).toArray();
    Arrays.stream(durations).forEach(histogram::add);
    Arrays.sort(durations);

    Timing timing = timing(histogram);

    assertThat(timing.count()).isEqualTo(durations.length);
    assertThat(timing.nanos()).isEqualTo(Arrays.stream(durations).sum());
    for (double share : new double[] {0, 0.01, 0.5, 0.95, 1}) {
      double exact = durations[Math.max(0, (int) Math.ceil(share * durations.length) - 1)];
      assertThat(timing.quantile(share)).isCloseTo(exact, within(exact / 16));
    }
  }

  @Test
  void anIntervalKnowsNothingOfWhatWasBefore() {
    Histogram histogram = new Histogram();
    for (int i = 0; i < 100; i++) {
      histogram.add(1_000_000);
    }
    Timing before = timing(histogram);
    histogram.add(10);
    histogram.add(10);

    Timing interval = timing(histogram).since(before);

    assertThat(interval.count()).isEqualTo(2);
    assertThat(interval.nanos()).isEqualTo(20);
    assertThat(interval.quantile(1)).isCloseTo(10, within(1.0));
    assertThat(Timing.NONE.quantile(0.5)).isZero();
  }

  @Test
  void keepingTimeAllocatesNothing() {
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    StageClock clock = new StageClock();
    memory.getCurrentThreadAllocatedBytes();
    long before = memory.getCurrentThreadAllocatedBytes();

    for (int i = 0; i < 100_000; i++) {
      clock.start();
      clock.lap(Stage.READ);
      clock.lap(Stage.DECODE);
    }

    assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
  }

  private static Timing timing(Histogram histogram) {
    long[] buckets = new long[Histogram.BUCKETS];
    long nanos = histogram.addTo(buckets);
    return new Timing(nanos, buckets);
  }

  private static long[] counts(Histogram histogram) {
    long[] buckets = new long[Histogram.BUCKETS];
    histogram.addTo(buckets);
    return buckets;
  }
}
