package dev.facet.prepare.whole;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LowestRowsTest {
  @Test
  void ofEachKeyTheLowestRowIsKnownInATableThatIsFull() {
    int keys = 5000;
    LowestRows lowest = new LowestRows(keys);
    for (int i = 0; i < keys; i++) {
      lowest.add(i % 1000, 10_000 + i);
      lowest.add(-1L - i % 1000, 20_000 - i);
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(lowest.row(i)).isEqualTo(10_000 + i);
      assertThat(lowest.row(-1L - i)).isEqualTo(20_000 - 4000 - i);
    }
    assertThat(lowest.row(77_777)).isEqualTo(Long.MAX_VALUE);
  }
}
