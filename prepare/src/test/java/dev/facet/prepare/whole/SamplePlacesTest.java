package dev.facet.prepare.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SamplePlacesTest {
  @Test
  void samplesOfACrowdAreToldApart() {
    int crowd = 10_000;
    long far = 1L << 42;
    SamplePlaces places =
        new SamplePlaces(
            new long[crowd],
            new long[crowd],
            IntStream.range(0, crowd).mapToLong(i -> SamplePlaces.place(far, i)).toArray(),
            new int[] {0});
    for (int i = 0; i < crowd; i++) {
      assertThat(places.number(i)).isEqualTo(i);
      assertThat(places.offset(i)).isEqualTo(far);
    }
    assertThatThrownBy(() -> SamplePlaces.place(0, 1 << 20))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void partsWithoutSamplesHoldNone() {
    SamplePlaces places =
        new SamplePlaces(new long[4], new long[4], new long[4], new int[] {0, 0, 2, 2, 2, 3, 4});
    assertThat(IntStream.range(0, 4).map(places::spool)).containsExactly(1, 1, 4, 5);
  }
}
