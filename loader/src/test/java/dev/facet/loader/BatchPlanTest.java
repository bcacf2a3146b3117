package dev.facet.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchPlanTest {
  private final Setup setup = new Setup();

  @Test
  void samplesOfARankInARangeAreVisitedExactly() {
    setup.batch = 12;
    setup.ranks = 3;
    setup.epochs = 3;
    for (boolean dropLast : new boolean[] {false, true}) {
      setup.dropLast = dropLast;
      setup.parts = dropLast ? 2 : 4;
      for (setup.rank = 0; setup.rank < 3; setup.rank++) {
        BatchPlan plan = new BatchPlan(41, setup.settings(), new Position(1, 5));
        for (int epoch = 1; epoch < 3; epoch++) {
          for (int from = 0; from < 41; from += 7) {
            for (int to = from; to <= 41; to += 3) {
              List<Long> visited = new ArrayList<>();
              long count = plan.share(epoch, from, to, visited::add);
              assertThat(visited).isEqualTo(positions(plan, epoch, from, to));
              assertThat(count).isEqualTo(visited.size());
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

  private static List<Long> positions(BatchPlan plan, int epoch, int from, int to) {
    List<Long> positions = new ArrayList<>();
    for (long batch = 0; batch < plan.batches(); batch++) {
      for (int i = 0; i < plan.size(batch); i++) {
        long position = plan.first(batch) + i;
        if (plan.epoch(batch) == epoch && position >= from && position < to) {
          positions.add(position);
        }
      }
    }
    return positions;
  }

  @Test
  void dataWithoutRowsIsNamedAsThat() {
    assertThatThrownBy(() -> new BatchPlan(0, setup.settings(), Position.START))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("no rows");
  }

  @Test
  void aPositionPastTheDataIsRefused() {
    assertThatThrownBy(() -> new BatchPlan(41, setup.settings(), new Position(2, 42)))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("42", "41", "resume it with the data it began with");
  }
}
