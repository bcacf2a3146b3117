package dev.facet.loader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchPlanTest {
  private final Setup setup = new Setup();

  @Test
  void samplesOfARankInARangeAreCountedExactly() {
    setup.batch = 12;
    setup.ranks = 3;
    setup.epochs = 3;
    for (boolean dropLast : new boolean[] {false, true}) {
      setup.dropLast = dropLast;
      for (setup.rank = 0; setup.rank < 3; setup.rank++) {
        BatchPlan plan = new BatchPlan(41, setup.settings(), new Position(1, 5));
        for (int epoch = 1; epoch < 3; epoch++) {
          for (int from = 0; from < 41; from += 7) {
            for (int to = from; to <= 41; to += 3) {
              assertThat(plan.within(epoch, from, to)).isEqualTo(count(plan, epoch, from, to));
            }
          }
        }
      }
    }
  }

  @Test
  void aFinishedPositionHasNothingLeft() {
    assertThat(new BatchPlan(41, setup.settings(), new Position(1, 0)).batches()).isZero();
    assertThat(new BatchPlan(41, setup.settings(), new Position(0, 41)).batches()).isZero();
  }

  private static long count(BatchPlan plan, int epoch, int from, int to) {
    long count = 0;
    for (long batch = 0; batch < plan.batches(); batch++) {
      for (int i = 0; i < plan.size(batch); i++) {
        long position = plan.first(batch) + i;
        count += plan.epoch(batch) == epoch && position >= from && position < to ? 1 : 0;
      }
    }
    return count;
  }
}
