package dev.facet.loader.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Mixture;
import dev.facet.loader.data.Preset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells of tables and values of JSON are labels where somebody names them. */
final class LabelFieldsTest {
  @TempDir private Path dir;

  @Test
  void namedFieldsOfEveryListAreLabels() throws IOException {
    Path table = dir.resolve("table");
    Lists.write(table.resolve("a.jpg"), "p");
    Lists.write(table.resolve("a.csv"), "image,caption,sex,age\na.jpg,a face,f,30\na.jpg,,m,\n");
    Path lines = dir.resolve("lines");
    Lists.write(lines.resolve("a.jpg"), "p");
    Lists.write(
        lines.resolve("captions.jsonl"),
        """
        {"image": "a.jpg", "caption": "a face", "who": {"sex": "f"}, "labels": {"hair": "red"}}
        {"image": "a.jpg", "caption": "a face", "who": {"sex": null}, "age": NaN}
        """);

    try (Dataset data = open(table, Format.CSV)) {
      assertThat(labels(data))
          .containsExactly(Map.of("sex", "f", "age", "30"), Map.of("sex", "m", "age", ""));
    }
    try (Dataset data = open(lines, Format.JSONL)) {
      assertThat(labels(data)).containsExactly(Map.of("who.sex", "f", "hair", "red"), Map.of());
    }
    try (Dataset both =
        new Mixture(
            List.of(open(table, Format.CSV), open(lines, Format.JSONL)), List.of(1.0, 1.0))) {
      assertThat(labels(both))
          .hasSize(4)
          .element(2)
          .isEqualTo(Map.of("who.sex", "f", "hair", "red"));
    }
    try (Dataset data = Lists.open(table, Format.CSV, "train")) {
      assertThat(labels(data)).containsExactly(Map.of(), Map.of());
    }
  }

  private static Dataset open(Path root, Format format) {
    DataSource source = Lists.source(root, format, Preset.FACET);
    return Lists.open(source.labelled(List.of("sex", "age", "who.sex")), "train");
  }

  private static List<Map<String, String>> labels(Dataset data) throws IOException {
    List<Map<String, String>> labels = new ArrayList<>();
    for (int chunk = 0; chunk < data.chunkCount(); chunk++) {
      data.describe(chunk, row -> labels.add(row.labels()));
    }
    return labels;
  }
}
