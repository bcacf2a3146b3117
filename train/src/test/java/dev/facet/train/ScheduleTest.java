package dev.facet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  private final Schedule schedule = new Schedule(1e-3, 10, 110);

  @Test
  void theRateRisesLinearlyToItsPeak() {
    assertThat(schedule.rate(1)).isCloseTo(1e-4, within(1e-12));
    assertThat(schedule.rate(5)).isCloseTo(5e-4, within(1e-12));
    assertThat(schedule.rate(10)).isCloseTo(1e-3, within(1e-12));
  }

  @Test
  void thenItFallsAlongHalfACosine() {
    assertThat(schedule.rate(11)).isCloseTo(1e-3, within(1e-12));
    assertThat(schedule.rate(61)).isCloseTo(5e-4, within(1e-12));
    assertThat(schedule.rate(110)).isBetween(1e-8, 1e-6);
  }

  @Test
  void withoutWarmUpTheFirstStepHasThePeak() {
    assertThat(new Schedule(1e-3, 0, 100).rate(1)).isCloseTo(1e-3, within(1e-12));
  }
}
