package dev.facet.bench;

import dev.facet.base.Staged;
import dev.facet.loader.BadSampleException;
import dev.facet.loader.Chunk;
import dev.facet.loader.Dataset;
import dev.facet.loader.Datasets;
import dev.facet.loader.Row;
import dev.facet.loader.shard.ShardRow;
import dev.facet.loader.shard.ShardWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Rows per second out of a shard in the page cache: one chunk opened, each of its rows read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ShardBenchmark {
  private static final int ROWS = 256;

  private @Nullable Path folder;
  private Dataset dataset;
  private final Row row = new Row();

  @Setup
  public void write() throws IOException {
    folder = Files.createTempDirectory("facet-bench");
    Path shards = folder.resolve("shards");
    byte[] jpeg = DrawnJpeg.of(250, 1);
    try (ShardWriter writer =
        new ShardWriter(shards, ShardWriter.Settings.of("benchmark", Map.of()))) {
      for (int i = 0; i < ROWS; i++) {
        writer.write(
            new ShardRow(
                "id" + i,
                jpeg,
                List.of("a drawn picture", "soft ovals of many colours"),
                null,
                250,
                250,
                Map.of(),
                "drawn",
                null,
                "train"));
      }
      writer.commit();
    }
    dataset = Datasets.open(shards, "train");
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long rows() throws IOException, BadSampleException {
    long bytes = 0;
    try (Chunk chunk = dataset.open(0)) {
      for (int i = 0; i < ROWS; i++) {
        chunk.read(i, row);
        bytes += row.image().length();
      }
    }
    return bytes;
  }

  @TearDown
  public void delete() throws IOException {
    dataset.close();
    if (folder != null) {
      Staged.delete(folder);
    }
  }
}
