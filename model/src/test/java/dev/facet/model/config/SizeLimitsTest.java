package dev.facet.model.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizeLimitsTest {
  @Test
  void noWeightWithinTheLimitsHasMoreElementsThanAnArrayCan() {
    long width = SizeLimits.of("hidden_size");
    long patch = SizeLimits.of("patch_size");
    assertThat(width * SizeLimits.of("vocab_size") + 2 * width).isLessThan(1L << 31);
    assertThat(width * SizeLimits.of("intermediate_size")).isLessThan(1L << 31);
    assertThat(width * SizeLimits.of("max_position_embeddings")).isLessThan(1L << 31);
    assertThat(width * (SizeLimits.PATCHES + 1)).isLessThan(1L << 31);
    assertThat(width * 3 * patch * patch).isLessThan(1L << 31);
  }
}
