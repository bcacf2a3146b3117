package dev.facet.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.shard.ShardDataset;
import dev.facet.loader.shard.ShardRow;
import dev.facet.loader.shard.ShardWriter;
import dev.facet.loader.source.FolderDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
  @TempDir Path dir;

  @Test
  void whatLiesThereDecidesHowItIsRead() throws IOException {
    Path shards = dir.resolve("shards");
    try (ShardWriter writer =
        new ShardWriter(shards, ShardWriter.Settings.of("facet test", Map.of()))) {
      writer.write(
          new ShardRow(
              "1", new byte[] {1}, List.of("c"), null, 1, 1, Map.of(), "s", null, "train"));
      writer.commit();
    }
    Path pictures = Files.createDirectory(dir.resolve("pictures"));
    Files.writeString(
        pictures.resolve(FolderDataset.INDEX), "{\"image\":\"a.jpg\",\"caption\":\"c\"}");

    assertThat(Datasets.open(shards, "train")).isInstanceOf(ShardDataset.class);
    assertThat(Datasets.open(shards.resolve("train-00000.parquet"), "train"))
        .isInstanceOf(ShardDataset.class);
    assertThat(Datasets.open(pictures, "train")).isInstanceOf(FolderDataset.class);
    Files.delete(shards.resolve("manifest.json"));
    assertThat(Datasets.open(shards, "train")).isInstanceOf(ShardDataset.class);
  }

  @Test
  void whereNothingLiesTheMessageNamesWhatWasLookedFor() {
    assertThatThrownBy(() -> Datasets.open(dir, "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll(dir.toString(), "manifest.json", "*.parquet", "captions.jsonl");
    assertThatThrownBy(() -> Datasets.open(dir.resolve("gone"), "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("no data at", "gone");
  }

  @Test
  void aRealFolderOpensWhereItExists() throws Exception {
    Path faces = Path.of("../../shared/kit/faces");
    Assumptions.assumeTrue(Files.exists(faces));
    try (Dataset dataset = Datasets.open(faces, "train");
        Chunk chunk = dataset.open(0)) {
      assertThat(dataset.size()).isGreaterThan(1000);
      assertThat(chunk.row(0).captions()).isNotEmpty();
    }
  }
}
