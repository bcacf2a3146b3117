package dev.facet.model.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StepRandomTest {
  @Test
  void neighbouringStepsShareNoNumbersAndOneStepRepeatsItsOwn() {
    assertThat(draws(5, 1)).containsExactly(draws(5, 1));
    long[] all =
        LongStream.range(0, 50)
            .flatMap(step -> LongStream.concat(of(draws(step, 1)), of(draws(step, 2))))
            .toArray();
    assertThat(all).doesNotHaveDuplicates();
  }

  private static LongStream of(long[] values) {
    return LongStream.of(values);
  }

  private static long[] draws(long step, long purpose) {
    StepRandom noise = new StepRandom();
    noise.start(step, 0);
    return noise.random(purpose).longs(20).toArray();
  }
}
