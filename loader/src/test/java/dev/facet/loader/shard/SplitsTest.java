package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.loader.Chunk;
import dev.facet.loader.DataSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void onlyNamesThatMeanASplitNameOne() {
    assertThat(split("test-00000-of-00004.parquet")).isEqualTo("test");
    assertThat(split("validation-00003-of-00004-0a1b2c.parquet")).isEqualTo("validation");
    assertThat(split("held_out-00012.parquet")).isEqualTo("held_out");
    assertThat(split("test.parquet")).isEqualTo("test");
    assertThat(split("HumanCaption-10M.parquet")).isEqualTo("train");
    assertThat(split("FaceCaptionHQ-4M-lists.parquet")).isEqualTo("train");
    assertThat(split("Embedding_10.parquet")).isEqualTo("train");
  }

  private static String split(String name) {
    return SplitIndex.byName(Path.of("data", name));
  }
}
