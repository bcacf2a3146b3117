package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.SplitName;
import dev.facet.loader.source.DataLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitsTest {
  @TempDir Path dir;

  @Test
  void rowsOfOneGroupMayBelongToSeveralSplits() throws Exception {
    List<Consumer<Group>> rows = new ArrayList<>();
    for (String split : new String[] {"train", "test", "", "train", "test"}) {
      rows.add(
          row -> {
            ForeignFile.picture(row);
            row.add("c", "in " + split);
            if (!split.isEmpty()) {
              row.add("split", split);
            }
          });
    }
    Path file =
        new ForeignFile(
                dir.resolve("mixed.parquet"),
                ForeignFile.PICTURE + "required binary c; optional binary split (STRING);")
            .write(rows);
    DataSource source = ForeignFile.source(file, "c");
    assertThat(ShardDataset.splits(source))
        .containsExactly(Map.entry("test", 2L), Map.entry("train", 3L));
    try (ShardDataset dataset = ShardDataset.open(source, "test");
        Chunk chunk = dataset.open(0)) {
      assertThat(dataset.size()).isEqualTo(2);
      assertThat(chunk.row(1).captions()).containsExactly("in test");
      assertThat(chunk.row(1).id()).isEqualTo("mixed.parquet#4");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "test-00000-of-00004.parquet, test",
    "validation-00003-of-00004-0a1b2c.parquet, validation",
    "held_out-00012-of-00020.parquet, held_out",
    "test.parquet, test",
    "test-00007.tar, test",
    "cc3m-validation-0003.tar, validation",
    "test/0000.parquet, test",
    "data/train-00000-of-00001.parquet, train",
    "HumanCaption-10M.parquet, train",
    "FaceCaptionHQ-4M-lists.parquet, train",
    "Embedding_10.parquet, train",
    "shard-000000.tar, train",
    "images-0001.tar, train",
    "part-00000.jsonl, train",
    "cc-0001.tar, train",
    "split=test/0.parquet, test",
    "faces/split=Test/year=2024/train-0.parquet, test",
    "split=held_out/0.parquet, held_out",
    "partition=val/0.parquet, val",
    "year=2024/0.parquet, train",
    "default/test/0000.parquet, test",
    "val2017/a.jpg, val",
    "test1.parquet, test",
    "held_out-00012.parquet, train"
  })
  void onlyNamesThatMeanASplitNameOne(String path, String split) {
    assertThat(SplitName.of(path)).isEqualTo(split);
  }

  @Test
  void parquetBelowIsFoundAndOfTheSplitThatItsNameOrItsFolderTells() throws Exception {
    picture("data/train-00000-of-00001.parquet", "a");
    picture("data/held_out-00000-of-00001.parquet", "b");
    picture("test/0000.parquet", "c");
    picture(".cache/0000.parquet", "hidden");
    picture("_log/0000.parquet", "hidden");
    picture("faces/split=val/lang=en/0000.parquet", "d");
    assertThat(DataLayout.of(DataSource.of(dir))).isEqualTo(Format.PARQUET);
    DataSource source = ForeignFile.source(dir, "c");
    assertThat(ShardDataset.splits(source))
        .containsExactly(
            Map.entry("held_out", 1L),
            Map.entry("test", 1L),
            Map.entry("train", 1L),
            Map.entry("val", 1L));
    assertThat(ForeignFile.captions(source)).containsExactly("a");
    picture("0000.parquet", "on top");
    assertThat(ShardDataset.splits(source))
        .containsExactly(Map.entry("test", 1L), Map.entry("train", 1L));
  }

  @Test
  void aTableThatIsPartitionedBySplitAloneIsFoundAndNoneOfItsTestRowsIsTrainedOn()
      throws Exception {
    picture("tables/faces/split=train/0000.parquet", "a");
    picture("tables/faces/split=test/0000.parquet", "b");
    assertThat(DataLayout.of(DataSource.of(dir))).isEqualTo(Format.PARQUET);
    DataSource source = ForeignFile.source(dir, "c");
    assertThat(ShardDataset.splits(source))
        .containsExactly(Map.entry("test", 1L), Map.entry("train", 1L));
    assertThat(ForeignFile.captions(source)).containsExactly("a");
  }

  @Test
  void rowsOfWhichTheColumnSaysNothingAreOfTheSplitOfTheirFile() throws Exception {
    Files.createDirectories(dir.resolve("test"));
    new ForeignFile(
            dir.resolve("test/0.parquet"),
            ForeignFile.PICTURE + "required binary c; optional binary split (STRING);")
        .write(
            row -> {
              ForeignFile.picture(row);
              row.add("c", "nothing said");
            },
            row -> {
              ForeignFile.picture(row);
              row.add("c", "blank");
              row.add("split", "");
            },
            row -> {
              ForeignFile.picture(row);
              row.add("c", "said");
              row.add("split", "val");
            });
    assertThat(ShardDataset.splits(ForeignFile.source(dir, "c")))
        .containsExactly(Map.entry("test", 2L), Map.entry("val", 1L));
  }

  private void picture(String path, String caption) throws IOException {
    Path file = dir.resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    new ForeignFile(file, ForeignFile.PICTURE + "required binary c;")
        .write(
            row -> {
              ForeignFile.picture(row);
              row.add("c", caption);
            });
  }
}
