package dev.facet.loader.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 16, 17, 64, 97, 1000, 1021, 65_537})
  void everyElementComesUpOnce(int size) {
    for (long seed : new long[] {0, 1, -5, Long.MAX_VALUE}) {
      Permutation permutation = new Permutation(size, seed);
      BitSet seen = new BitSet(size);
      for (int i = 0; i < size; i++) {
        long to = permutation.apply(i);
        assertThat(to).isBetween(0L, size - 1L);
        seen.set((int) to);
      }
      assertThat(seen.cardinality()).isEqualTo(size);
    }
  }

  @Test
  void anotherSeedIsAnotherPermutation() {
    Permutation a = new Permutation(1000, 1);
    Permutation b = new Permutation(1000, 2);
    int same = 0;
    for (int i = 0; i < 1000; i++) {
      same += a.apply(i) == b.apply(i) ? 1 : 0;
    }
    assertThat(same).isLessThan(12); // 1 is expected
  }

  @Test
  void neighboursAreScattered() {
    Permutation permutation = new Permutation(10_000, 3);
    double sum = 0;
    for (int i = 1; i < 10_000; i++) {
      sum += Math.abs(permutation.apply(i) - permutation.apply(i - 1));
    }
    // The mean distance of two random elements is a third of the size.
    assertThat(sum / 9999).isBetween(3100.0, 3550.0);
  }

  @Test
  void theHugestSizesWork() {
    Permutation permutation = new Permutation(1L << 60, 9);
    assertThat(permutation.apply(123)).isBetween(0L, (1L << 60) - 1);
    assertThatThrownBy(() -> permutation.apply(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
