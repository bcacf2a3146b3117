package dev.facet.model.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facet.model.ops.Precision;
import org.junit.jupiter.api.Test;

class BudgetTest {
  /** The second linear map of ViT-H. */
  private static final LinearMap WIDE =
      new LinearMap(5120, 1280, LinearMap.Form.BIASED, Precision.FLOAT32);

  private static final Size BATCH = new Size(256, 257);

  private static Task task(Size size) {
    return new Task(WIDE, size, true, 1);
  }

  @Test
  void twoSecondsAreEnoughForAFullBatchOfASmallModelOnly() {
    Budget budget = new Budget(1e18, 2);
    assertThat(budget.limit()).isEqualTo(2);
    Task small =
        new Task(
            new LinearMap(128, 512, LinearMap.Form.BIASED, Precision.FLOAT32),
            new Size(256, 65),
            true,
            1);
    assertThat(SelfCheck.largest(small, budget)).isEqualTo(small.size());
    Size size = SelfCheck.largest(task(BATCH), budget);
    assertThat(size.tokens()).isEqualTo(257);
    assertThat(size.sequences()).isBetween(1, 16);
  }

  @Test
  void aSlowMachineGetsFewerRows() {
    Budget budget = new Budget(1e18, 2);
    Size before = SelfCheck.largest(task(BATCH), budget);
    // A tenth of the speed that is assumed at first.
    budget.spend(new Cost(1e9, 0, 1e6), 0.2, 0.002);
    Size after = SelfCheck.largest(task(BATCH), budget);
    assertThat(after.sequences()).isLessThan(before.sequences());
  }

  @Test
  void whatIsLightSaysNothingAboutWhatIsHeavy() {
    Budget budget = new Budget(1e18, 2);
    Size before = SelfCheck.largest(task(BATCH), budget);
    budget.spend(new Cost(1e6, 0, 1e3), 0.01, 0.01);
    assertThat(SelfCheck.largest(task(BATCH), budget)).isEqualTo(before);
  }

  @Test
  void nothingFitsOnceTheTimeIsSpent() {
    Budget budget = new Budget(1e18, 2);
    budget.spend(new Cost(1e11, 0, 1e6), 2, 0.002);
    assertThat(SelfCheck.largest(task(new Size(1, 1)), budget).sequences()).isZero();
  }

  @Test
  void aShortRunIsNotHeldUpForMoreThanAHundredthOfItself() {
    // At 5e10 a second this run takes ten seconds.
    Budget budget = new Budget(5e11, 2);
    assertThat(budget.limit()).isCloseTo(0.1, within(1e-9));
    // Half the speed: twenty.
    budget.spend(new Cost(1e8, 0, 0), 0.004, 0);
    assertThat(budget.limit()).isCloseTo(0.2, within(1e-9));
  }

  @Test
  void memoryIsALimitToo() {
    Norm wide = new Norm(8192, 1e-5);
    Task task = new Task(wide, new Size(65_536, 1), false, 1);
    Size size = SelfCheck.largest(task, new Budget(1e18, 2));
    assertThat(wide.cost(size, false).numbers()).isLessThanOrEqualTo(64e6);
    assertThat(size.sequences()).isLessThan(65_536);
  }
}
