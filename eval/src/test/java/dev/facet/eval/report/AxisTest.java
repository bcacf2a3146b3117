package dev.facet.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
  @Test
  void ticksAreRoundNumbersThatCoverTheRange() {
    assertThat(labels(0, 73.2)).containsExactly("0", "20", "40", "60", "80");
    assertThat(labels(0.31, 0.58)).containsExactly("0.3", "0.4", "0.5", "0.6");
    assertThat(labels(-3, 48_000)).startsWith("-10k", "0");
    assertThat(labels(1, 48_000)).containsExactly("0", "10k", "20k", "30k", "40k", "50k");
    assertThat(labels(1, 900)).containsExactly("0", "200", "400", "600", "800", "1,000");
  }

  @Test
  void anAxisUpToANumberEndsThereAndNotAtTheNextTick() {
    Axis axis = Axis.upTo(12_000, 5);

    assertThat(axis.ticks().stream().map(axis::label)).containsExactly("0", "5k", "10k");
    assertThat(axis.share(12_000)).isEqualTo(1);
    assertThat(Axis.upTo(1, 5).ticks()).hasSize(6);
  }

  @Test
  void aRangeOfOneValueStillHasAnAxis() {
    assertThat(labels(7, 7).size()).isGreaterThan(1);
    assertThat(labels(0, 0).size()).isGreaterThan(1);
    assertThat(Axis.around(7, 7, 5).share(7)).isBetween(0.0, 1.0);
  }

  private static List<String> labels(double low, double high) {
    Axis axis = Axis.around(low, high, 5);
    return axis.ticks().stream().map(axis::label).toList();
  }
}
