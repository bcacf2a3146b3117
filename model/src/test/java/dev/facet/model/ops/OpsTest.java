package dev.facet.model.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpsTest {
  @Test
  void numbersThatChangeFromStepToStepAreNotKept() {
    step(1);
    int kept = Ops.get().kept();
    for (int i = 2; i < 30; i++) {
      step(i);
    }
    assertThat(Ops.get().kept()).isEqualTo(kept);
  }

  /** Everything in training that is given a number which no model fixes. */
  private static void step(int i) {
    try (NDManager scope = NDManager.newBaseManager("PyTorch")) {
      NDArray rows = scope.ones(new Shape(32, 2));
      NDArray queue = scope.ones(new Shape(2, 3));
      NDArray one = scope.ones(new Shape());
      FlipOps flip = FlipOps.get();
      NDArray ids = scope.arange(32).toType(DataType.INT64, false);
      NDArray earlier = scope.zeros(new Shape(1, 3), DataType.INT64);
      flip.distilledContrast(
          ids, List.of(rows, rows, rows, rows), List.of(queue, queue, earlier), one, 0.01 * i);
      flip.matchLoss(rows, i);
      TrainingOps.get().follow(scope, List.of(one), List.of(scope.ones(new Shape())), 1 - 0.01 * i);
      TrainingOps training = TrainingOps.get();
      training.clamp(scope, one, -i, i);
      Ops.get().merge(scope, rows.matMul(queue), queue, rows, 0.01 * i);
    }
  }
}
