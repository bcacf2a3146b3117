package dev.facet.base;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PinnedArraysTest {
  @ParameterizedTest
  @ValueSource(strings = {"25", "25+36", "25.0.1", "25.0.1+8-LTS", "25.0.2"})
  void aJavaWhoseG1MovesPinnedArraysIsRefusedWithTheCure(String java) {
    assertThatThrownBy(() -> PinnedArrays.check(Runtime.Version.parse(java), "G1 Young Generation"))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining(java)
        .hasMessageContaining("-XX:+UseParallelGC")
        .hasMessageContaining("25.0.3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"25.0.3", "25.0.3.1", "25.1", "26"})
  void aMendedOneIsNot(String java) {
    assertThatCode(() -> PinnedArrays.check(Runtime.Version.parse(java), "G1 Young Generation"))
        .doesNotThrowAnyException();
  }

  @Test
  void anotherCollectorIsNot() {
    assertThatCode(() -> PinnedArrays.check(Runtime.Version.parse("25.0.1"), "PS Scavenge"))
        .doesNotThrowAnyException();
  }
}
