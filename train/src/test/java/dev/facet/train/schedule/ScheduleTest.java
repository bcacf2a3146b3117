package dev.facet.train.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  private static final int[] STEPS = {1, 5, 10, 11, 36, 61, 89, 100, 110};

  /** Peak 1e-3, 10 steps of warm-up, 110 in all, of which 22 are cooldown. */
  @ParameterizedTest
  @CsvSource({
    // open_clip 3.3.0, open_clip_train.scheduler: cosine_lr, const_lr, const_lr_cooldown; a step
    // counts from 0 there.
    "COSINE, 0, '1e-4 5e-4 1e-3 1e-3 8.535533905932737e-4 5e-4 1.1474337861210544e-4"
        + " 2.9559615522887274e-05 2.467198171342e-07'",
    "CONSTANT, 0, '1e-4 5e-4 1e-3 1e-3 1e-3 1e-3 1e-3 1e-3 1e-3'",
    "CONSTANT_COOLDOWN, 0, '1e-4 5e-4 1e-3 1e-3 1e-3 1e-3 1e-3 5e-4 4.545454545454542e-05'",
    "CONSTANT_COOLDOWN, 1e-4, '1e-4 5e-4 1e-3 1e-3 1e-3 1e-3 1e-3 5.5e-4 1.4090909090909087e-4'",
    // transformers 5.18, get_linear_schedule_with_warmup, whose warm-up alone is a step later.
    "LINEAR, 0, '1e-4 5e-4 1e-3 1e-3 7.5e-4 5e-4 2.2e-4 1.1e-4 1e-5'",
  })
  void theRatesAreThoseOfOtherPrograms(ScheduleKind kind, double floor, String expected) {
    long cooldown = kind == ScheduleKind.CONSTANT_COOLDOWN ? 22 : 0;
    Schedule schedule = new Schedule(kind, 1e-3, floor, 10, cooldown, 110);
    String[] rates = expected.split(" ", -1);
    for (int i = 0; i < STEPS.length; i++) {
      assertThat(schedule.rate(STEPS[i]))
          .as("step " + STEPS[i])
          .isCloseTo(Double.parseDouble(rates[i]), within(1e-15));
    }
  }

  @Test
  void aScheduleThatFallsEndsAboveTheSmallestRateAndNeverBelow() {
    for (ScheduleKind kind : ScheduleKind.values()) {
      Schedule schedule = new Schedule(kind, 1e-3, 2e-4, 10, 20, 110);
      for (int step = 11; step <= 110; step++) {
        assertThat(schedule.rate(step)).as(kind + ", step " + step).isBetween(2e-4, 1e-3);
      }
      double last = schedule.rate(110);
      assertThat(last).isCloseTo(kind == ScheduleKind.CONSTANT ? 1e-3 : 2e-4, within(5e-5));
    }
  }

  @Test
  void withoutWarmUpTheFirstStepHasThePeak() {
    Schedule schedule = new Schedule(ScheduleKind.COSINE, 1e-3, 0, 0, 0, 100);
    assertThat(schedule.rate(1)).isCloseTo(1e-3, within(1e-12));
  }

  @Test
  void aRunIsAsLongAsItsEpochsStepsOrSamplesSay() {
    assertThat(RunLength.ofEpochs(3).steps(100, 32)).isEqualTo(300);
    assertThat(new RunLength(null, null, null).steps(100, 32)).isEqualTo(1000);
    assertThat(new RunLength(null, 250, null).steps(100, 32)).isEqualTo(250);
    assertThat(new RunLength(null, 250, null).epochs(100, 32)).isEqualTo(3);
    assertThat(new RunLength(null, 300, null).epochs(100, 32)).isEqualTo(3);
    // 201 batches of 32 are 6,432 samples; what is over does not make another.
    assertThat(new RunLength(null, null, 6463L).steps(100, 32)).isEqualTo(201);
  }

  @Test
  void warmUpIsAsLongAsItsStepsSamplesOrEpochsSay() {
    assertThat(WarmUp.ofSteps(7).steps(100, 32)).isEqualTo(7);
    assertThat(new WarmUp(null, null, null).steps(100, 32)).isEqualTo(100);
    assertThat(new WarmUp(null, 3200L, null).steps(100, 32)).isEqualTo(100);
    assertThat(new WarmUp(null, null, 0.5).steps(101, 32)).isEqualTo(51);
  }

  @Test
  void aCooldownIsAShareOfTheWholeRun() {
    ScheduleSettings settings =
        new ScheduleSettings(ScheduleKind.CONSTANT_COOLDOWN, 0, WarmUp.ofSteps(0), 0.2);
    assertThat(settings.of(1, 110, 10, 4).cooldown()).isEqualTo(22);
    assertThat(settings.of(1, 2, 2, 4).cooldown()).isEqualTo(1);
  }
}
