package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels are columns of their own or entries of the column {@code labels}. */
final class LabelColumnsTest {
  private static final String COLUMNS =
      ForeignFile.PICTURE
          + """
          optional binary id (STRING);
          optional binary c (STRING);
          optional binary sex (STRING);
          optional boolean smiling;
          optional int64 age;
          optional group who { optional binary job (STRING); }
          repeated int32 list;
          optional group labels (MAP) {
            repeated group key_value { required binary key (STRING); optional binary value (STRING); }
          }
          """;

  @TempDir private Path dir;

  @Test
  void everyKindOfColumnIsALabelAndRowsAreDescribedWithoutTheirPictures() throws Exception {
    Path file =
        new ForeignFile(dir.resolve("a.parquet"), COLUMNS)
            .write(
                row -> {
                  ForeignFile.picture(row);
                  row.add("id", "one");
                  row.add("c", "a face");
                  row.add("sex", "f");
                  row.add("smiling", true);
                  row.add("age", 30L);
                  row.addGroup("who").add("job", "judge");
                  row.add("list", 1);
                  Group pair = row.addGroup("labels").addGroup("key_value");
                  pair.add("key", "hair");
                  pair.add("value", "red");
                },
                row -> {
                  ForeignFile.picture(row);
                  row.add("id", "without a caption");
                });
    DataSource source =
        ForeignFile.source(file, "c")
            .labelled(List.of("sex", "smiling", "age", "who.job", "list", "nowhere"));

    List<String> ids = new ArrayList<>();
    List<Map<String, String>> labels = new ArrayList<>();
    try (Dataset dataset = ShardDataset.open(source, "train")) {
      dataset.describe(
          0,
          row -> {
            ids.add(row.id());
            labels.add(row.labels());
          });
    }

    Map<String, String> all =
        Map.of("sex", "f", "smiling", "true", "age", "30", "who.job", "judge", "hair", "red");
    assertThat(labels).containsExactly(all, Map.of());
    assertThat(ids).containsExactly("one", "without a caption");
    assertThat(ForeignFile.row(source).labels()).isEqualTo(all);
    assertThat(ForeignFile.row(ForeignFile.source(file, "c")).labels())
        .isEqualTo(Map.of("hair", "red"));
  }
}
