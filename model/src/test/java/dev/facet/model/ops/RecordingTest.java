package dev.facet.model.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordingTest {
  private final NDManager scope = NDManager.newBaseManager("PyTorch");
  private final NDArray input = scope.create(0f);
  private final NDArray weight = scope.create(0f);
  private final NDArray bias = scope.create(0f);
  private final Map<String, NDArray> weights = Map.of("norm.weight", weight, "norm.bias", bias);

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void callsAreNotedWithWeightsByNameAndNumbersByValue() {
    List<Recording.Call> calls =
        Recording.of(
            input, weights, () -> Ops.get().unit(Ops.get().layerNorm(input, weight, bias, 1e-6)));
    assertThat(calls).extracting(Recording.Call::function).containsExactly("layer_norm", "unit");
    assertThat(calls.get(0).arguments())
        .containsExactly(
            entry("x", new Recording.Input()),
            entry("weight", new Recording.Weight("norm.weight")),
            entry("bias", new Recording.Weight("norm.bias")),
            entry("epsilon", new Recording.Real(1e-6)));
    assertThat(calls.get(1).arguments()).containsExactly(entry("x", new Recording.Result(0)));
  }

  @Test
  void anArrayThatNoOperationMadeIsRefused() {
    NDArray foreign = scope.ones(new Shape(2));
    assertThatThrownBy(() -> Recording.of(input, weights, () -> Ops.get().project(input, foreign)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("project");
  }

  @Test
  void aResultThatTheLastOperationDidNotReturnIsRefused() {
    assertThatThrownBy(
            () ->
                Recording.of(
                    input,
                    weights,
                    () -> {
                      Ops.get().unit(input);
                      return weight;
                    }))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void operationsAreComputedAgainAfterwards() {
    Recording.of(input, weights, () -> Ops.get().unit(input));
    NDArray vector = scope.create(new float[] {3, 4}, new Shape(1, 2));
    assertThat(Ops.get().unit(vector).toFloatArray()).containsExactly(0.6f, 0.8f);
  }
}
