package dev.facet.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Mixture;
import dev.facet.loader.shard.ShardDataset;
import dev.facet.loader.shard.writing.ShardRow;
import dev.facet.loader.shard.writing.ShardWriter;
import dev.facet.loader.source.DataLayout;
import dev.facet.loader.source.IndexedDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        pictures.resolve("captions.jsonl"), "{\"image\":\"a.jpg\",\"caption\":\"c\"}");

    assertThat(Datasets.open(shards, "train")).isInstanceOf(ShardDataset.class);
    assertThat(Datasets.open(shards.resolve("train-00000.parquet"), "train"))
        .isInstanceOf(ShardDataset.class);
    assertThat(Datasets.open(pictures, "train")).isInstanceOf(IndexedDataset.class);
    assertThat(Datasets.open(pictures.resolve("captions.jsonl"), "train"))
        .isInstanceOf(IndexedDataset.class);
    assertThat(Datasets.splits(pictures)).isEqualTo(Map.of("train", 1L));
    Files.delete(shards.resolve("manifest.json"));
    assertThat(Datasets.open(shards, "train")).isInstanceOf(ShardDataset.class);
  }

  @ParameterizedTest
  @CsvSource({
    "a.parquet, PARQUET",
    "manifest.json, PARQUET",
    "captions.jsonl, JSONL",
    "a.tar, TAR",
    "train/a.tar, TAR",
    "metadata.jsonl, JSONL",
    "json/split_00000.json, JSON",
    "a.csv, CSV",
    "a.tsv, CSV",
    "a.ndjson, JSONL",
    "deep/er/a.txt, SIDECAR"
  })
  void eachLayoutIsRecognisedByItsFiles(String file, Format format) throws IOException {
    Path folder = dir.resolve("data");
    write(folder.resolve("deep/er/a.jpg"), "p");
    write(folder.resolve(file), "[]");
    assertThat(DataLayout.of(DataSource.of(folder))).isEqualTo(format);
  }

  @Test
  void theAddressListsOfImg2datasetAreNotTakenForPictures() throws IOException {
    write(dir.resolve("00000.parquet"), "");
    write(dir.resolve("00000_stats.json"), "{}");
    write(dir.resolve("00000.tar"), "");
    assertThat(DataLayout.of(DataSource.of(dir))).isEqualTo(Format.TAR);
    Files.delete(dir.resolve("00000.tar"));
    write(dir.resolve("00000/000000000.jpg"), "p");
    write(dir.resolve("00000/000000000.txt"), "c");
    assertThat(DataLayout.of(DataSource.of(dir))).isEqualTo(Format.SIDECAR);
  }

  @Test
  void severalSourcesAreAMixtureByTheirWeights() throws IOException {
    write(dir.resolve("a/captions.jsonl"), "{\"image\":\"a.jpg\",\"caption\":\"c\"}\n".repeat(6));
    write(dir.resolve("b/x.csv"), "image,caption\na.jpg,c\n");
    DataSource a = DataSource.of(dir.resolve("a"));
    DataSource b = new DataSource(dir.resolve("b"), Format.AUTO, null, a.fields(), 0, 3);
    assertThat(Datasets.open(List.of(a), "train")).isInstanceOf(IndexedDataset.class);
    try (Dataset both = Datasets.open(List.of(a, b), "train")) {
      assertThat(both.size()).isEqualTo(7);
      assertThat(((Mixture) both).share(1)).isEqualTo(0.75);
    }
    assertThatThrownBy(() -> Datasets.open(List.of(a, b), "test"))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("no rows in split 'test'");
  }

  @Test
  void whatLiesThereButCannotBeReadIsCounted() throws IOException {
    for (String file : List.of("a.jpg", "sub/b.JPG", "x.dat", "README", ".hidden")) {
      write(dir.resolve(file), "x");
    }
    assertThatThrownBy(() -> Datasets.open(dir, "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("there are 2 .jpg, 1 without an ending and 1 .dat.");
    assertThatThrownBy(() -> Datasets.open(dir.resolve("x.dat"), "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("x.dat", "data.format");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.jsonl",
        "a.json",
        "a.csv",
        "a.txt",
        "a.tar",
        "a.parquet",
        "a.jpg",
        "a.zip",
        "captions.jsonl"
      })
  void aFileThatGitLfsDidNotFetchIsToldHowToBe(String name) throws IOException {
    Path file = dir.resolve(name);
    write(file, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 123456\n");
    for (Path root : List.of(dir, file)) {
      assertThatThrownBy(() -> Datasets.open(root, "train").size())
          .isInstanceOf(FacetException.class)
          .hasMessageContainingAll(name, "git lfs pull");
    }
  }

  @Test
  void whereNothingLiesTheMessageNamesWhatWasLookedFor() {
    assertThatThrownBy(() -> Datasets.open(dir, "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll(
            dir.toString(),
            "there is nothing",
            "manifest.json",
            "*.parquet",
            "captions.jsonl",
            "*.tar",
            "*.csv");
    assertThatThrownBy(() -> Datasets.open(dir.resolve("gone"), "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("no data at", "gone");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
