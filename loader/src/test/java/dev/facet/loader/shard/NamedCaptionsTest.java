package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.Datasets;
import dev.facet.loader.data.CaptionField;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Fields;
import dev.facet.loader.shard.writing.ShardFileWriter;
import dev.facet.loader.shard.writing.ShardRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedCaptionsTest {
  @TempDir Path folder;

  @Test
  void captionsKeptByNameAreReadByThatName() throws Exception {
    Path file = folder.resolve("train-00000.parquet");
    Manifest.ShardInfo info;
    try (ShardFileWriter writer = new ShardFileWriter(file, List.of("face_caption", "alt"), 2)) {
      writer.write(row("a", Map.of("face_caption", List.of("a face", "one face"))));
      writer.write(row("b", Map.of("face_caption", List.of("b face"), "alt", List.of("buy b"))));
      writer.write(row("c", Map.of("face_caption", List.of("c face"), "other", List.of("c"))));
      info = writer.finish("train-00000.parquet", "train");
    }

    assertThat(info.rows()).isEqualTo(3);
    assertThat(info.groups()).containsExactly(2, 1);
    DataSource usual = DataSource.of(file);
    try (Dataset data = Datasets.open(usual, "train");
        Chunk chunk = data.open(0)) {
      assertThat(chunk.row(0).captions()).containsExactly("all of a");
    }
    try (Dataset data = Datasets.open(reading(usual, "face_caption"), "train");
        Chunk chunk = data.open(0)) {
      assertThat(chunk.row(0).captions()).containsExactly("a face", "one face");
    }
    try (Dataset data = Datasets.open(reading(usual, "alt"), "train");
        Chunk chunk = data.open(0)) {
      assertThat(chunk.row(1).captions()).containsExactly("buy b");
    }
  }

  @Test
  void aNameThatTheShardNeedsIsRefused() {
    Path file = folder.resolve("x.parquet");

    assertThatThrownBy(() -> new ShardFileWriter(file, List.of("image"), 2))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("column 'image'");
    assertThatThrownBy(() -> new ShardFileWriter(file, List.of("a.b"), 2))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("column 'a.b'");
  }

  private static DataSource reading(DataSource source, String column) {
    Fields usual = source.fields();
    Fields fields =
        new Fields(
            usual.image(),
            List.of(new CaptionField(column, 1)),
            usual.id(),
            usual.box(),
            usual.split(),
            usual.source());
    return new DataSource(source.root(), source.format(), null, fields, 0, 1);
  }

  private static ShardRow row(String id, Map<String, List<String>> named) {
    return new ShardRow(
        id,
        new byte[] {1},
        List.of("all of " + id),
        null,
        1,
        1,
        Map.of(),
        "s",
        null,
        "train",
        named);
  }
}
