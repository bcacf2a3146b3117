package dev.facet.model.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 512, 4304})
  void everyBlockOfColumnsIsLookedAtAndAllOfTheLast(int columns) {
    for (long row = 0; row < 40; row++) {
      int[] chosen = Sample.columns(columns, row);
      assertThat(Arrays.stream(chosen).map(each -> each / Sample.BLOCK).distinct().toArray())
          .isEqualTo(IntStream.rangeClosed(0, (columns - 1) / Sample.BLOCK).toArray());
      int last = (columns - 1) / Sample.BLOCK * Sample.BLOCK;
      assertThat(chosen).contains(IntStream.range(last, columns).toArray());
      assertThat(chosen).hasSizeLessThanOrEqualTo(Sample.columns(columns));
      assertThat(Arrays.stream(chosen).distinct().filter(each -> each < columns).count())
          .isEqualTo(chosen.length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 9, 1576})
  void theFirstRowAndTheLastAreLookedAtAndNoneTwice(int rows) {
    long[] chosen = Sample.rows(rows);
    assertThat(chosen).startsWith(0).endsWith(rows - 1).doesNotHaveDuplicates().isSorted();
    assertThat(chosen).hasSizeLessThanOrEqualTo(Sample.ROWS);
  }

  /** From tables of the normal distribution. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.5",
    "1, 0.841344746068542948585",
    "-1, 0.158655253931457051415",
    "2.5, 0.993790334674223864833",
    "-4, 0.0000316712418331199212537707567222"
  })
  void theNormalDistributionIsExact(double x, double right) {
    assertThat(Nonlinearity.normal(x)).isCloseTo(right, within(1e-15));
  }
}
