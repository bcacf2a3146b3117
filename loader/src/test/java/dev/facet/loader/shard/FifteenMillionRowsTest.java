package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.base.Json;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Fields;
import dev.facet.loader.data.Preset;
import dev.facet.loader.data.Row;
import dev.facet.loader.shard.writing.ShardRow;
import dev.facet.loader.shard.writing.ShardWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data set as large as the largest one: one real shard under 1,500 names. */
class FifteenMillionRowsTest {
  private static final int FILES = 1500;
  private static final int GROUPS = 40;
  private static final int ROWS_PER_GROUP = 256;
  private static final long ROWS = (long) FILES * GROUPS * ROWS_PER_GROUP;
  private static final long MOST_BYTES = 60L << 20;

  @TempDir Path dir;
  private Path folder;

  @BeforeEach
  void writeOneShardAndLinkIt() throws IOException {
    folder = dir.resolve("shards");
    int rows = GROUPS * ROWS_PER_GROUP;
    ShardWriter.Settings settings =
        new ShardWriter.Settings(ROWS_PER_GROUP, rows, "facet test", Map.of());
    Manifest written;
    try (ShardWriter writer = new ShardWriter(folder, settings)) {
      for (int i = 0; i < rows; i++) {
        writer.write(row(i));
      }
      written = writer.commit();
    }
    Manifest.ShardInfo one = written.files().getFirst();
    List<Manifest.ShardInfo> files = new ArrayList<>(List.of(one));
    for (int i = 1; i < FILES; i++) {
      String name = String.format(Locale.ROOT, "train-%05d.parquet", i);
      Files.createLink(folder.resolve(name), folder.resolve(one.name()));
      files.add(new Manifest.ShardInfo(name, "train", one.rows(), one.bytes(), one.groups()));
    }
    Json.LINE.writeValue(
        folder.resolve(Manifest.NAME).toFile(),
        new Manifest(Manifest.VERSION, "facet test", Map.of(), Map.of("train", ROWS), files));
  }

  private static ShardRow row(int i) {
    return new ShardRow(
        "" + i, new byte[] {1}, List.of("a face"), null, 1, 1, Map.of(), "here", "00", "train");
  }

  @Test
  void openByTheirManifestInLittleMemory() throws Exception {
    long before = used();
    try (ShardDataset dataset = ShardDataset.open(folder, "train")) {
      assertThat(used() - before).as("bytes of heap that stay").isLessThan(MOST_BYTES);
      assertThat(dataset.size()).isEqualTo(ROWS);
      assertLastRowIsThere(dataset);
    }
  }

  @Test
  void openByTheirFootersInLittleMemory() throws Exception {
    Files.delete(folder.resolve(Manifest.NAME));
    Fields usual = Preset.FACET.fields();
    Fields splitByName =
        new Fields(
            usual.image(), usual.captions(), usual.id(), usual.box(), List.of(), usual.source());
    DataSource source = new DataSource(folder, Preset.FACET.format(), null, splitByName, 0, 1);
    long before = used();
    try (ShardDataset dataset = ShardDataset.open(source, "train")) {
      assertThat(used() - before).as("bytes of heap that stay").isLessThan(MOST_BYTES);
      assertThat(dataset.size()).isEqualTo(ROWS);
      assertLastRowIsThere(dataset);
    }
  }

  private static void assertLastRowIsThere(ShardDataset dataset) throws Exception {
    Row row = new Row();
    try (Chunk chunk = dataset.open(dataset.chunkCount() - 1)) {
      chunk.read(ROWS_PER_GROUP - 1, row);
      assertThat(row.id()).isEqualTo("" + (GROUPS * ROWS_PER_GROUP - 1));
    }
  }

  private static long used() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    long least = Long.MAX_VALUE;
    for (int times = 0; times < 3; times++) {
      memory.gc();
      least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
