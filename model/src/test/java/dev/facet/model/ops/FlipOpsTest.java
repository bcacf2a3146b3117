package dev.facet.model.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlipOpsTest {
  @Test
  void chosenRowsGetTheirGradientsAlsoAfterACollectionOfGarbage() {
    try (NDManager scope = NDManager.newBaseManager("PyTorch");
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray x = scope.ones(new Shape(4, 1));
      x.setRequiresGradient(true);
      NDArray sum = FlipOps.get().rows(scope, x, new long[] {2, 0, 2}).sum();
      overwriteFreedMemory();
      collector.backward(sum);
      assertThat(x.getGradient().toFloatArray()).containsExactly(1, 0, 2, 0);
    }
  }

  /** Frees what nobody holds, and takes the same memory again for something else. */
  private static void overwriteFreedMemory() {
    List<ByteBuffer> others = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      System.gc();
      for (int i = 0; i < 200; i++) {
        ByteBuffer other = ByteBuffer.allocateDirect(24);
        other.putLong(-1).putLong(1L << 50).putLong(7);
        others.add(other);
      }
    }
    assertThat(others).hasSize(600);
  }
}
