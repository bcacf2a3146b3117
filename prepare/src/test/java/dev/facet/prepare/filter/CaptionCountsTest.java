package dev.facet.prepare.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CaptionCountsTest {
  @Test
  void everyCaptionIsCountedWhileTheTableGrows() {
    CaptionCounts counts = new CaptionCounts(0);
    for (int i = 0; i < 20_000; i++) {
      for (int k = 0; k <= i % 3; k++) {
        counts.add("caption " + i);
      }
    }
    for (int i = 0; i < 20_000; i++) {
      assertThat(counts.count("caption " + i)).isEqualTo(1 + i % 3);
    }
    assertThat(counts.count("another")).isZero();
  }

  @Test
  void whatIsNotCommonIsForgotten() {
    CaptionCounts counts = new CaptionCounts(0);
    for (int i = 0; i < 5000; i++) {
      for (int k = 0; k < (i % 1000 == 0 ? 4 : 3); k++) {
        counts.add("caption " + i);
      }
    }
    counts.keepAbove(3);
    for (int i = 0; i < 5000; i++) {
      assertThat(counts.count("caption " + i)).isEqualTo(i % 1000 == 0 ? 4 : 0);
    }
  }

  @Test
  void countsStopWhereTheyEnd() {
    CaptionCounts counts = new CaptionCounts(10);
    for (int i = 0; i < 1000; i++) {
      counts.add("");
    }
    assertThat(counts.count("")).isEqualTo(255);
  }
}
