package dev.facet.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.Tiny;
import dev.facet.model.ops.Precision;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AveragedWeightsTest {
  @Test
  void everyStepMovesTheAverageByTheWarmedUpDecay() {
    try (DualEncoder model =
        DualEncoder.random(Tiny.clip(), ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32))) {
      AveragedWeights averages = new AveragedWeights(model, 0.3);
      Map<String, float[]> expected = Tiny.values(model.trained());
      FusedAdamW optimizer = Tiny.optimizer(model, 1);
      for (int step = 1; step <= 6; step++) {
        Tiny.train(model, optimizer, 1);
        averages.follow(step);
        double momentum = Math.min(0.3, (1.0 + step) / (10 + step));
        Map<String, float[]> now = Tiny.values(model.trained());
        expected.forEach(
            (name, average) -> {
              float[] weight = Objects.requireNonNull(now.get(name));
              for (int i = 0; i < average.length; i++) {
                average[i] = (float) (momentum * average[i] + (1 - momentum) * weight[i]);
              }
            });
      }
      Map<String, float[]> before = Tiny.values(model.trained());
      averages.swap();
      Tiny.values(model.trained())
          .forEach(
              (name, values) -> {
                float[] average = Objects.requireNonNull(expected.get(name));
                for (int i = 0; i < values.length; i++) {
                  assertThat(values[i]).as(name).isCloseTo(average[i], within(1e-6f));
                }
              });
      averages.swap();
      Tiny.values(model.trained())
          .forEach((name, values) -> assertThat(values).isEqualTo(before.get(name)));
    }
  }
}
