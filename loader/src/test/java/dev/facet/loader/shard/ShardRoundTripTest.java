package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Row;
import dev.facet.loader.data.RowCopy;
import dev.facet.loader.shard.writing.ShardRow;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardRoundTripTest {
  @TempDir Path dir;

  @Test
  void everyRowComesBackAsItWasWritten() throws Exception {
    Path folder = dir.resolve("shards");
    ShardFixture.write(folder, 100, 8, 20);
    try (ShardDataset dataset = ShardDataset.open(folder, "train")) {
      List<ShardRow> written =
          IntStream.range(0, 100)
              .filter(i -> i % 10 != 9)
              .mapToObj(i -> ShardFixture.row(i, "train"))
              .toList();
      List<RowCopy> read = ShardFixture.rows(dataset);
      assertThat(dataset.size()).isEqualTo(90);
      assertThat(read).hasSameSizeAs(written);
      for (int i = 0; i < written.size(); i++) {
        ShardRow before = written.get(i);
        assertThat(read.get(i))
            .isEqualTo(
                new RowCopy(
                    before.id(),
                    before.source(),
                    ByteBuffer.wrap(before.image()),
                    before.captions(),
                    before.box(),
                    before.labels()));
      }
    }
  }

  @Test
  void chunksAreRowGroupsOfTheAskedSizeAndTheManifestCountsThem() throws Exception {
    Path folder = dir.resolve("shards");
    Manifest manifest = ShardFixture.write(folder, 100, 8, 20);
    assertThat(manifest).isEqualTo(Manifest.read(folder));
    assertThat(manifest.rows()).containsEntry("train", 90L).containsEntry("test", 10L);
    assertThat(manifest.provenance()).containsEntry("seed", "7");
    assertThat(manifest.files().getFirst())
        .isEqualTo(
            new Manifest.ShardInfo(
                "test-00000.parquet",
                "test",
                10,
                Files.size(folder.resolve("test-00000.parquet")),
                List.of(8, 2)));
    try (ShardDataset dataset = ShardDataset.open(folder, "train")) {
      // Files of 20, 20, 20, 20 and 10 rows in groups of at most 8.
      assertThat(IntStream.range(0, dataset.chunkCount()).map(dataset::rowCount))
          .containsExactly(8, 8, 4, 8, 8, 4, 8, 8, 4, 8, 8, 4, 8, 2);
    }
  }

  @Test
  void imagesAreViewsOfNativeMemory() throws Exception {
    Path folder = dir.resolve("shards");
    ShardFixture.write(folder, 10, 4, 8);
    try (ShardDataset dataset = ShardDataset.open(folder, "train");
        Chunk chunk = dataset.open(0)) {
      assertThat(chunk.row(1).image().memory().isNative()).isTrue();
    }
  }

  @Test
  void imageColumnsAreStoredPlainWithoutStatistics() throws Exception {
    Path folder = dir.resolve("shards");
    ShardFixture.write(folder, 10, 4, 8);
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            new LocalInputFile(folder.resolve("train-00000.parquet")),
            ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new Codecs())
                .build())) {
      ColumnChunkMetaData image =
          reader.getRowGroups().getFirst().getColumns().stream()
              .filter(column -> column.getPath().toDotString().equals("image"))
              .findFirst()
              .orElseThrow();
      assertThat(image.getCodec()).isEqualTo(CompressionCodecName.UNCOMPRESSED);
      assertThat(image.getEncodings())
          .contains(Encoding.PLAIN)
          .doesNotContain(Encoding.RLE_DICTIONARY);
      assertThat(image.getStatistics().hasNonNullValue()).isFalse();
    }
  }

  @Test
  void manyThreadsMayReadOneChunkAndManyChunksAtOnce() throws Exception {
    Path folder = dir.resolve("shards");
    ShardFixture.write(folder, 400, 16, 100);
    try (ShardDataset dataset = ShardDataset.open(folder, "train");
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<RowCopy> expected = ShardFixture.rows(dataset);
      Callable<List<RowCopy>> readAll = () -> ShardFixture.rows(dataset);
      for (Future<List<RowCopy>> each :
          threads.invokeAll(List.of(readAll, readAll, readAll, readAll))) {
        assertThat(each.get()).isEqualTo(expected);
      }
      try (Chunk chunk = dataset.open(0)) {
        Callable<RowCopy> readOne = () -> RowCopy.of(chunk.row(3));
        for (Future<RowCopy> each : threads.invokeAll(List.of(readOne, readOne, readOne))) {
          assertThat(each.get()).isEqualTo(expected.get(3));
        }
      }
    }
  }

  @Test
  void theSameRowsAreTheSameBytes() throws Exception {
    Manifest manifest = ShardFixture.write(dir.resolve("a"), 50, 8, 20);
    ShardFixture.write(dir.resolve("b"), 50, 8, 20);
    for (Manifest.ShardInfo file : manifest.files()) {
      assertThat(dir.resolve("b").resolve(file.name()))
          .hasSameBinaryContentAs(dir.resolve("a").resolve(file.name()));
    }
  }

  @Test
  void theNextChunkReusesTheMemoryOfAClosedOne() throws Exception {
    Path folder = dir.resolve("shards");
    ShardFixture.write(folder, 60, 8, 60);
    try (ShardDataset dataset = ShardDataset.open(folder, "train")) {
      long[] addresses = new long[6];
      for (int i = 0; i < addresses.length; i++) {
        try (Chunk chunk = dataset.open(i)) {
          addresses[i] = address(chunk.row(0));
        }
      }
      assertThat(LongStream.of(addresses).distinct().count()).isLessThan(addresses.length);
    }
  }

  @Test
  void aClosedChunkIsNotRead() throws Exception {
    Path folder = dir.resolve("shards");
    ShardFixture.write(folder, 10, 4, 8);
    try (ShardDataset dataset = ShardDataset.open(folder, "train")) {
      Chunk chunk = dataset.open(0);
      chunk.close();
      chunk.close();
      assertThatThrownBy(() -> chunk.row(0)).isInstanceOf(IllegalStateException.class);
    }
  }

  private static long address(Row row) {
    return row.image().memory().address() + row.image().offset();
  }
}
