package dev.facet.cli.preparation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.cli.request.Machines;
import org.junit.jupiter.api.Test;

final class EnginesTest {
  @Test
  void whereSparkIsNotHereTheMessageSaysHowToGetIt() {
    assertThatThrownBy(() -> Engines.start(new Machines("spark", "local[2]", null, null)))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("SPARK_HOME")
        .hasMessageContaining("docs/spark.md");
  }

  @Test
  void anEngineOfAnotherNameIsRefusedWithThoseThereAre() {
    assertThatThrownBy(() -> Engines.start(new Machines("flink", null, null, null)))
        .isInstanceOf(FacetException.class)
        .hasMessage("--engine flink: local or spark");
  }
}
