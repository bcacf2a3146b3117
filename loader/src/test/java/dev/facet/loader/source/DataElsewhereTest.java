package dev.facet.loader.source;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.data.DataSource;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DataElsewhereTest {
  @ParameterizedTest
  @ValueSource(strings = {"s3://bucket/data", "s3a://bucket/data", "gs://b/d", "hdfs://host/d"})
  void dataInAnObjectStoreIsToBeCopiedFirst(String place) {
    assertThatThrownBy(() -> DataLayout.of(DataSource.of(Path.of(place))))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("copy it to a local disk first")
        .hasMessageContaining("docs/spark.md");
  }
}
