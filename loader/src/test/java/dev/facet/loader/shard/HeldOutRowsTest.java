package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Holdout;
import dev.facet.loader.data.HoldoutBy;
import dev.facet.loader.data.RowCopy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What decides which rows of a table are held out, column by column. */
class HeldOutRowsTest {
  private static final String COLUMNS =
      "optional group image { optional binary bytes; optional binary path (STRING); }"
          + " optional int64 id; required binary c (STRING); optional binary split (STRING);";

  @TempDir Path dir;

  @Test
  void theSamePathIsOnTheSameSideWhateverTheRowIsCalled() throws Exception {
    List<Consumer<Group>> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String number = i / 2 + "";
      int id = i;
      rows.add(row -> fill(row, "bytes " + id, number + ".jpg", id, number + " " + id % 2));
    }
    assertPairs(write("paths.parquet", rows), HoldoutBy.AUTO);
  }

  @Test
  void withoutAPathTheIdDecidesAndWithoutEitherTheRow() throws Exception {
    List<Consumer<Group>> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int id = i / 2;
      String caption = id + " " + i % 2;
      rows.add(row -> fill(row, "bytes", null, id, caption));
    }
    assertPairs(write("ids.parquet", rows), HoldoutBy.AUTO);
    rows.clear();
    for (int i = 0; i < 200; i++) {
      String caption = "row " + i;
      rows.add(row -> fill(row, "bytes", null, -1, caption));
    }
    DataSource source = source(write("rows.parquet", rows), HoldoutBy.AUTO);
    assertThat(captions(source, "val").size()).isBetween(50, 150);
  }

  @Test
  void byContentTheBytesDecideWhereverTheyLie() throws Exception {
    List<Consumer<Group>> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String number = i + "";
      int id = i;
      Files.writeString(dir.resolve(i + ".jpg"), "picture " + i);
      rows.add(row -> fill(row, "picture " + number, null, id, number + " 0"));
      rows.add(row -> fill(row, null, number + ".jpg", 1000 + id, number + " 1"));
    }
    assertPairs(write("copies.parquet", rows), HoldoutBy.CONTENT);
  }

  @Test
  void picturesAreHashedOnceAndAgainOnlyWhereTheTableChanged() throws Exception {
    List<Consumer<Group>> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String number = i + "";
      Files.writeString(dir.resolve(i + ".jpg"), "picture " + i);
      rows.add(row -> fill(row, null, number + ".jpg", -1, number));
    }
    DataSource source = source(write("once.parquet", rows), HoldoutBy.CONTENT);
    Set<String> before = captions(source, "val");
    for (int i = 0; i < 100; i++) {
      Files.writeString(dir.resolve(i + ".jpg"), "another " + i);
    }
    assertThat(captions(source, "val")).isEqualTo(before);
    rows.add(row -> fill(row, "one more", null, -1, "100"));
    write("once.parquet", rows);
    assertThat(captions(source, "val")).isNotEqualTo(before);
    try (var kept = Files.list(dir)) {
      Path hashes =
          kept.filter(file -> file.getFileName().toString().endsWith(".bin")).findFirst().get();
      Set<String> after = captions(source, "val");
      Files.write(hashes, new byte[] {1, 2, 3});
      assertThat(captions(source, "val")).isEqualTo(after);
    }
  }

  @Test
  void aTableOfPicturesAndCaptionsAloneIsDividedByTheNumbersOfItsRows() throws Exception {
    List<Consumer<Group>> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String number = i + "";
      rows.add(
          row -> {
            ForeignFile.picture(row);
            row.add("c", number);
          });
    }
    Path file =
        new ForeignFile(dir.resolve("plain.parquet"), ForeignFile.PICTURE + "required binary c;")
            .write(rows);
    DataSource source = source(file, HoldoutBy.AUTO);
    assertThat(captions(source, "val").size()).isBetween(25, 75);
    assertThat(captions(source, "val").size() + captions(source, "train").size()).isEqualTo(100);
  }

  @Test
  void onlyRowsOfTheTrainingSplitAreDivided() throws Exception {
    List<Consumer<Group>> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String number = i + "";
      int id = i;
      rows.add(
          row -> {
            fill(row, "bytes", null, id, number);
            if (id % 2 == 0) {
              row.add("split", "test");
            }
          });
    }
    DataSource source = source(write("splits.parquet", rows), HoldoutBy.AUTO);
    assertThat(captions(source, "test")).hasSize(50);
    assertThat(captions(source, "val").size() + captions(source, "train").size()).isEqualTo(50);
    assertThat(ShardDataset.splits(source).keySet()).containsExactly("test", "train", "val");
  }

  private static void assertPairs(Path file, HoldoutBy by) throws Exception {
    DataSource source = source(file, by);
    Set<String> val = captions(source, "val");
    Set<String> train = captions(source, "train");
    assertThat(val.size() + train.size()).isEqualTo(200);
    assertThat(val.size()).isBetween(50, 150);
    assertThat(val)
        .allMatch(c -> val.contains(number(c) + " 0"))
        .allMatch(c -> val.contains(number(c) + " 1"));
  }

  private static String number(String caption) {
    return caption.substring(0, caption.indexOf(' '));
  }

  private static void fill(
      Group row, @Nullable String bytes, @Nullable String path, int id, String caption) {
    Group image = row.addGroup("image");
    if (bytes != null) {
      image.add("bytes", Binary.fromString(bytes));
    }
    if (path != null) {
      image.add("path", path);
    }
    if (id >= 0) {
      row.add("id", (long) id);
    }
    row.add("c", caption);
  }

  private Path write(String name, List<Consumer<Group>> rows) throws Exception {
    return new ForeignFile(dir.resolve(name), COLUMNS).write(rows);
  }

  private static DataSource source(Path file, HoldoutBy by) {
    return ForeignFile.source(file, "c").holding(new Holdout("train", 0.5, 0, by));
  }

  private static Set<String> captions(DataSource source, String split) throws Exception {
    try (ShardDataset dataset = ShardDataset.open(source, split)) {
      Set<String> captions = new HashSet<>();
      for (RowCopy row : ShardFixture.rows(dataset)) {
        captions.addAll(row.captions());
      }
      return captions;
    }
  }
}
