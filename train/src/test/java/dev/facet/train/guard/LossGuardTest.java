package dev.facet.train.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossGuardTest {
  @Test
  void onlyFiniteLossesAndGradientsAreUsed() {
    LossGuard guard = new LossGuard(new GuardSettings(2, 1, null, 100));
    assertThat(guard.objection(Guarded.NOTHING, 2, 1)).isNull();
    assertThat(guard.objection(Guarded.NOTHING, Float.NaN, 1)).contains("the loss is NaN");
    assertThat(guard.objection(Guarded.NOTHING, 2, Float.POSITIVE_INFINITY))
        .isEqualTo("the loss is 2.000 and the gradient norm Infinity");
    assertThat(guard.objection(Guarded.NOTHING, 1e30f, 1)).isNull();
  }

  @Test
  void aSpikeIsMeasuredByTheLossesOfTheWindow() {
    LossGuard guard = new LossGuard(new GuardSettings(2, 1, 3.0, 4));
    Guarded state = Guarded.NOTHING;
    for (float loss : new float[] {4, 3, 2}) {
      assertThat(guard.objection(state, 100, 1)).as("the window is not full").isNull();
      state = guard.after(state, loss, false);
    }
    state = guard.after(state, 3, false);
    assertThat(state.meanLoss()).isCloseTo(3, within(1e-12));
    assertThat(guard.objection(state, 9, 1)).isNull();
    assertThat(guard.objection(state, 9.5f, 1))
        .contains("more than train.spike = 3.0 times", "3.000");
    // What is refused does not count as usual.
    Guarded refused = guard.after(state, 9.5f, true);
    assertThat(refused.meanLoss()).isEqualTo(state.meanLoss());
    assertThat(guard.after(refused, 7, false).meanLoss()).isCloseTo(4, within(1e-12));
  }

  @Test
  void aRunIsLostAfterSoManyStepsInARow() {
    LossGuard guard = new LossGuard(new GuardSettings(2, 1, null, 100));
    Guarded one = guard.after(Guarded.NOTHING, Float.NaN, true);
    assertThat(guard.lost(one)).isFalse();
    assertThat(guard.lost(guard.after(guard.after(one, 2, false), Float.NaN, true))).isFalse();
    Guarded two = guard.after(one, Float.NaN, true);
    assertThat(guard.lost(two)).isTrue();
    assertThat(guard.mayRewind(two)).isTrue();
    Guarded back = Guarded.NOTHING.rewound(two, 6);
    assertThat(back).isEqualTo(new Guarded(0, 2, 1, 6, 0, 0));
    assertThat(guard.mayRewind(back)).isFalse();
  }

  @Test
  void whatAResumedRunDoesAgainIsNotListedTwice(@TempDir Path folder) throws Exception {
    RefusedSteps steps = RefusedSteps.of(folder, 0, 0);
    assertThat(folder.resolve(RefusedSteps.FILE)).doesNotExist();
    steps.add(3, 0, "a", Float.NaN, 1, List.of("x", "y"));
    steps.add(7, 0, "b", 2, Float.NaN, List.of());
    steps.add(5, 1, "c", 2, 1, List.of());
    steps.add(6, 1, "d", 2, 1, List.of());
    Path file = folder.resolve(RefusedSteps.FILE);
    Files.writeString(file, Files.readString(file) + "{\"step\":9,\"rew");
    RefusedSteps.of(folder, 5, 1);
    assertThat(Files.readAllLines(file))
        .hasSize(3)
        .first()
        .isEqualTo(
            "{\"step\":3,\"rewinds\":0,\"why\":\"a\",\"loss\":null,\"gradient_norm\":1.0,"
                + "\"samples\":[\"x\",\"y\"]}");
    RefusedSteps.of(folder, 0, 0);
    assertThat(file).isEmptyFile();
  }
}
