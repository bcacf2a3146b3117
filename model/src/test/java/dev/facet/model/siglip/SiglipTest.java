package dev.facet.model.siglip;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.facet.model.DualEncoder;
import dev.facet.model.Tiny;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SiglipTest {
  @Test
  void aPublishedLogitScaleAboveClipsLimitStaysAsItIs() {
    try (DualEncoder model = DualEncoder.random(Tiny.siglip(), Tiny.options(1));
        NDManager scope = model.manager().newSubManager()) {
      Objects.requireNonNull(model.weights().get("logit_scale")).set(new float[] {4.77f});
      double published = model.logitScale();
      model.clampLogitScale(scope, 100);
      assertThat(model.logitScale()).isEqualTo(published).isGreaterThan(117);
    }
  }
}
