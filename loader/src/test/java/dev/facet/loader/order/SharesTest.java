package dev.facet.loader.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.base.SampleRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharesTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void noPartIsEverMoreThanOneSampleAwayFromItsShare(long seed) {
    SampleRandom random = new SampleRandom();
    random.reset(seed, 0, 0);
    List<Double> weights = new ArrayList<>();
    for (int s = 0; s <= random.nextInt(7); s++) {
      weights.add(random.nextDouble(0.001, 10));
    }
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    Shares shares = new Shares(weights);
    long step = shares.atLeast();
    long[] before = new long[weights.size()];
    for (long n : numbers(random, step)) {
      long all = 0;
      for (int s = 0; s < weights.size(); s++) {
        long count = shares.count(s, n);
        assertThat((double) count)
            .isBetween(n * weights.get(s) / sum - 1, n * weights.get(s) / sum + 1);
        assertThat(count).isGreaterThanOrEqualTo(before[s]);
        before[s] = count;
        all += count;
      }
      assertThat(all).isEqualTo(n);
    }
  }

  /** Ascending, at least {@code step} apart, up to a billion. */
  private static List<Long> numbers(SampleRandom random, long step) {
    List<Long> numbers = new ArrayList<>();
    for (long n = 0; n < 1_000_000_000L; n += step + random.nextInt((int) (1 + n / 50))) {
      numbers.add(n);
    }
    return numbers;
  }

  @Test
  void sharesThatFitAreExact() {
    Shares shares = new Shares(List.of(0.7, 0.2, 0.1));
    for (long n = 0; n < 10_000; n += 10) {
      assertThat(shares.count(0, n)).isEqualTo(7 * n / 10);
      assertThat(shares.count(1, n)).isEqualTo(2 * n / 10);
      assertThat(shares.count(2, n)).isEqualTo(n / 10);
    }
  }
}
