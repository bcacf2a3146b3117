package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.RowCopy;
import dev.facet.loader.source.DataLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet whose pictures lie beside it. */
class PathColumnsTest {
  private static final String STRUCTURE =
      "optional group image { optional binary bytes; optional binary path (STRING); }"
          + " required binary c (STRING);";
  private static final String TEXT = "required binary image (STRING); required binary c (STRING);";

  @TempDir Path dir;

  @Test
  void aPathWhoseBytesAreMissingIsReadFromBesideTheFile() throws Exception {
    picture("data/img/0.jpg", "beside the table");
    Files.createDirectories(dir.resolve("data"));
    new ForeignFile(dir.resolve("data/train.parquet"), STRUCTURE)
        .write(row -> structure(row, null, "img/0.jpg"));
    assertThat(DataLayout.of(DataSource.of(dir))).isEqualTo(Format.PARQUET);
    assertThat(read(ForeignFile.source(dir, "c"))).isEqualTo("beside the table");
  }

  @Test
  void bytesCountWhereTheyAre() throws Exception {
    picture("img/0.jpg", "the file");
    new ForeignFile(dir.resolve("train.parquet"), STRUCTURE)
        .write(row -> structure(row, "the bytes", "img/0.jpg"));
    assertThat(read(ForeignFile.source(dir, "c"))).isEqualTo("the bytes");
  }

  @Test
  void aColumnOfPathsIsReadFromTheDataSetsFolderToo() throws Exception {
    picture("img/a b.jpg", "below the root");
    Files.createDirectories(dir.resolve("tables"));
    new ForeignFile(dir.resolve("tables/train.parquet"), TEXT)
        .write(row -> text(row, ".\\img\\a b.jpg"));
    assertThat(read(ForeignFile.source(dir, "c"))).isEqualTo("below the root");
  }

  @Test
  void pathsStartInTheImageRootWhereThereIsOne() throws Exception {
    picture("pictures/0.jpg", "there");
    picture("tables/0.jpg", "not this one");
    Path file =
        new ForeignFile(dir.resolve("tables/train.parquet"), TEXT).write(r -> text(r, "0.jpg"));
    DataSource beside = ForeignFile.source(file, "c");
    DataSource source =
        new DataSource(file, Format.PARQUET, dir.resolve("pictures"), beside.fields(), 0, 1);
    assertThat(read(source)).isEqualTo("there");
  }

  @Test
  void whatIsNoFileOfTheDataIsRefusedWithItsReason() throws Exception {
    picture("outside.jpg", "secret");
    assertRefused(Reason.OUTSIDE, "../outside.jpg", "data.image_root");
    assertRefused(Reason.OUTSIDE, "/etc/hostname", "data.image_root");
    assertRefused(Reason.MISSING, "gone.jpg", "gone.jpg does not exist");
    assertRefused(Reason.MISSING, "https://example.org/a.jpg", "is an address", "download");
  }

  private void assertRefused(Reason reason, String path, String... parts) throws IOException {
    Files.createDirectories(dir.resolve("data"));
    Path file = new ForeignFile(dir.resolve("data/train.parquet"), TEXT).write(r -> text(r, path));
    assertThatThrownBy(() -> ForeignFile.row(ForeignFile.source(file, "c")))
        .isInstanceOf(BadSampleException.class)
        .hasMessageContainingAll(parts)
        .extracting(e -> ((BadSampleException) e).reason())
        .isEqualTo(reason);
  }

  private static void structure(Group row, @Nullable String bytes, String path) {
    Group image = row.addGroup("image");
    if (bytes != null) {
      image.add("bytes", Binary.fromString(bytes));
    }
    image.add("path", path);
    row.add("c", "a face");
  }

  private static void text(Group row, String path) {
    row.add("image", path);
    row.add("c", "a face");
  }

  private void picture(String path, String content) throws IOException {
    Path file = dir.resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, content);
  }

  private static String read(DataSource source) throws Exception {
    try (ShardDataset dataset = ShardDataset.open(source, "train");
        Chunk chunk = dataset.open(0)) {
      return new String(RowCopy.bytes(chunk.row(0)), StandardCharsets.UTF_8);
    }
  }
}
