package dev.facet.bench;

import dev.facet.base.Staged;
import dev.facet.loader.Datasets;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Rows per second out of files in the page cache: all chunks opened, each row read. The library
 * keeps its index of a tar or a list beside the data, so only the first opening scans them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ReadBenchmark {
  private static final int ROWS = 256;

  @Param({"SHARDS", "TAR", "FOLDER"})
  DrawnData layout;

  private @Nullable Path folder;
  private Dataset dataset;
  private final Row row = new Row();

  @Setup
  public void write() throws IOException {
    folder = Files.createTempDirectory("facet-bench");
    Path root = folder.resolve("data");
    layout.write(root, ROWS);
    dataset = Datasets.open(root, "train");
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long rows() throws IOException, BadSampleException {
    long bytes = 0;
    for (int c = 0; c < dataset.chunkCount(); c++) {
      try (Chunk chunk = dataset.open(c)) {
        for (int i = 0; i < dataset.rowCount(c); i++) {
          chunk.read(i, row);
          bytes += row.image().length();
        }
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
