package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.loader.data.RowCopy;
import dev.facet.loader.parquet.UnreadableException;
import dev.facet.loader.shard.writing.ShardWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardFaultsTest {
  @TempDir Path dir;
  private Path folder;
  private Path shard;

  @BeforeEach
  void write() throws IOException {
    folder = dir.resolve("shards");
    ShardFixture.write(folder, 60, 8, 60);
    shard = folder.resolve("train-00000.parquet");
  }

  @Test
  void anAbandonedWriterLeavesNothing() throws IOException {
    Path target = dir.resolve("abandoned");
    try (ShardWriter writer =
        new ShardWriter(target, new ShardWriter.Settings(4, 8, "facet test", Map.of()))) {
      for (int i = 0; i < 20; i++) {
        writer.write(ShardFixture.row(i, "train"));
      }
    }
    assertThat(dir).isDirectoryNotContaining("glob:**abandoned*");
  }

  @Test
  void aFolderThatIsInUseIsNotReplaced() {
    assertThatThrownBy(() -> ShardFixture.write(folder, 10, 4, 8))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("name another one");
    assertThat(shard).exists();
  }

  @Test
  void aTruncatedShardIsNamedWithItsCure() throws IOException {
    truncate(shard, Files.size(shard) - 100);
    assertRunError("train-00000.parquet", "manifest says", "copy it again");
  }

  @Test
  void aTruncatedShardIsFoundWithoutAManifestToo() throws IOException {
    Files.delete(folder.resolve(Manifest.NAME));
    truncate(shard, Files.size(shard) - 100);
    assertRunError("train-00000.parquet", "was cut short", "copy it again");
    truncate(shard, 7);
    assertRunError("train-00000.parquet", "only 7 bytes", "copy it again");
    Files.writeString(shard, "<html>this is an error page, not a shard</html>");
    assertRunError("train-00000.parquet", "not a Parquet file", "copy it again");
  }

  @Test
  void aBrokenFooterIsNamedWithItsCure() throws IOException {
    overwrite(shard, Files.size(shard) - 60, 40);
    assertRunError("train-00000.parquet", "broken footer", "copy it again");
  }

  @Test
  void aMissingShardIsNamed() throws IOException {
    Files.delete(shard);
    assertRunError("train-00000.parquet", "is missing", "again");
  }

  @Test
  void aFlippedByteSpoilsItsChunkOnly() throws Exception {
    try (ShardDataset dataset = ShardDataset.open(folder, "train")) {
      FileTime modified = Files.getLastModifiedTime(shard);
      overwrite(shard, 200, 1); // in the pictures of the first row group
      Files.setLastModifiedTime(shard, modified); // as a disk does that loses bits
      assertThatThrownBy(() -> dataset.open(0))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("row group 0 of " + shard)
          .hasMessageContaining("checksum")
          .hasMessageContaining("copy it again");
      dataset.open(1).close();
    }
  }

  @Test
  void aShardThatIsDeletedBetweenEpochsIsNamedWithItsCure() throws Exception {
    try (ShardDataset dataset = ShardDataset.open(folder, "train")) {
      dataset.open(0).close();
      Files.delete(shard);
      assertChunkError(dataset, 0, "train-00000.parquet is gone", "put it back");
    }
  }

  @Test
  void aShardThatChangesBetweenEpochsIsNamedWithItsCure() throws Exception {
    try (ShardDataset dataset = ShardDataset.open(folder, "train")) {
      dataset.open(0).close();
      FileTime modified = Files.getLastModifiedTime(shard);
      Files.setLastModifiedTime(shard, FileTime.from(modified.toInstant().plusSeconds(1)));
      assertChunkError(
          dataset, 0, "train-00000.parquet was changed while it was in use", "start again");
      Files.setLastModifiedTime(shard, modified);
      dataset.open(0).close();
      truncate(shard, 100);
      Files.setLastModifiedTime(shard, modified);
      assertChunkError(dataset, 1, "was changed", "now 100 bytes");
    }
  }

  @Test
  void aManifestThatCountsOtherRowGroupsIsFoundOut() throws Exception {
    Path manifest = folder.resolve(Manifest.NAME);
    String text = Files.readString(manifest);
    assertThat(text).contains("[ 8, 8, 8, 8, 8, 8, 6 ]");
    Files.writeString(manifest, text.replace("[ 8, 8, 8, 8, 8, 8, 6 ]", "[ 8, 8, 8, 8, 8, 8, 7 ]"));
    assertRunError("manifest.json", "54 rows in train-00000.parquet", "delete the manifest");
    Files.writeString(manifest, text.replace("[ 8, 8, 8, 8, 8, 8, 6 ]", "[ 9, 7, 8, 8, 8, 8, 6 ]"));
    assertRunError("train-00000.parquet", "where the manifest says [9, 7");
  }

  @Test
  void aManifestOfAnOlderProgramCostsTheFootersOnly() throws Exception {
    List<RowCopy> expected = rowsOf("train");
    Path manifest = folder.resolve(Manifest.NAME);
    Files.writeString(
        manifest, Files.readString(manifest).replaceAll(",\\s*\"groups\" : \\[[^]]*]", ""));
    assertThat(Files.readString(manifest)).doesNotContain("groups");
    assertThat(rowsOf("train")).isEqualTo(expected);
  }

  @Test
  void anUnknownSplitIsAnsweredWithThoseThereAre() {
    assertThatThrownBy(() -> ShardDataset.open(folder, "validation"))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("no rows in split 'validation'")
        .hasMessageContaining("test, train")
        .extracting(e -> ((FacetException) e).exitCode())
        .isEqualTo(2);
  }

  @Test
  void aBrokenManifestIsNamedWithItsCure() throws IOException {
    Files.writeString(folder.resolve(Manifest.NAME), "{\"schemaVersion\": 1");
    assertRunError("manifest.json", "delete the manifest");
  }

  @Test
  void aManifestThatLacksWhatItShouldSayIsNamedWithItsCure() throws IOException {
    for (String entry :
        List.of(
            "null",
            "{\"split\": \"train\", \"rows\": 1, \"bytes\": 9}",
            "{\"name\": \"a.parquet\", \"rows\": 1, \"bytes\": 9}",
            "{\"name\": \"a.parquet\", \"split\": \"train\", \"rows\": -1, \"bytes\": 9}",
            "{\"name\": \"../a.parquet\", \"split\": \"train\", \"rows\": 1, \"bytes\": 9}",
            "{\"name\": \"/a.parquet\", \"split\": \"train\", \"rows\": 1, \"bytes\": 9}")) {
      writeManifest("{}", entry);
      assertRunError("manifest.json", "has the entry", "delete the manifest");
    }
    writeManifest("{\"train\": null}", "");
    assertRunError("manifest.json", "`rows` {train=null}", "delete the manifest");
    Files.writeString(folder.resolve(Manifest.NAME), "null");
    assertRunError("manifest.json", "delete the manifest");
  }

  private void writeManifest(String rows, String entry) throws IOException {
    Files.writeString(
        folder.resolve(Manifest.NAME),
        "{\"schemaVersion\": 1, \"rows\": %s, \"files\": [%s]}".formatted(rows, entry));
  }

  @Test
  void aFileThatTheSystemDoesNotGiveIsNotToBeDeleted() throws IOException {
    Path other = Files.createDirectories(dir.resolve("other"));
    Files.createDirectory(other.resolve("train.parquet"));
    assertThatThrownBy(() -> ShardDataset.open(other, "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll("train.parquet cannot be read: ", "check its permissions")
        .hasMessageNotContaining("delete");
    assertThat(new UnreadableException(new AccessDeniedException("a.parquet")))
        .hasMessageContaining("permission denied");
  }

  @Test
  void aManifestFromTheFutureAsksForANewerProgram() throws IOException {
    Files.writeString(
        folder.resolve(Manifest.NAME),
        "{\"schemaVersion\": 99, \"command\": \"\", \"provenance\": {}, \"rows\": {}, \"files\":"
            + " []}");
    assertRunError("manifest.json", "version 99", "newer facet");
  }

  @Test
  void withoutAManifestTheSplitColumnDecides() throws Exception {
    List<RowCopy> expected = rowsOf("test");
    Files.delete(folder.resolve(Manifest.NAME));
    Files.move(folder.resolve("test-00000.parquet"), folder.resolve("renamed.parquet"));
    assertThat(rowsOf("test")).isEqualTo(expected);
    assertThatThrownBy(() -> ShardDataset.open(folder, "validation"))
        .hasMessageContaining("test, train");
  }

  @Test
  void aSingleFileOpensToo() throws Exception {
    try (ShardDataset dataset = ShardDataset.open(shard, "train")) {
      assertThat(dataset.size()).isEqualTo(54);
    }
  }

  private static void assertChunkError(ShardDataset dataset, int chunk, String... parts) {
    assertThatThrownBy(() -> dataset.open(chunk))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(parts);
  }

  private List<RowCopy> rowsOf(String split) throws Exception {
    try (ShardDataset dataset = ShardDataset.open(folder, split)) {
      return ShardFixture.rows(dataset);
    }
  }

  private void assertRunError(String... parts) {
    assertThatThrownBy(() -> ShardDataset.open(folder, "train"))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll(parts)
        .extracting(e -> ((FacetException) e).exitCode())
        .isEqualTo(1);
  }

  private static void truncate(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  private static void overwrite(Path file, long position, int count) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    byte[] changed = new byte[count];
    for (int i = 0; i < count; i++) {
      changed[i] = (byte) ~bytes[(int) position + i];
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(changed), position);
    }
  }
}
