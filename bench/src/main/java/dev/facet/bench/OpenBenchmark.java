package dev.facet.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import dev.facet.loader.Datasets;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.shard.writing.ShardRow;
import dev.facet.loader.shard.writing.ShardWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Opening 15 million rows: one shard of rows with a few bytes, linked 916 times into a folder. Each
 * fork opens it once, as a program does that has just started, with 300 MB of heap.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx300m"})
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class OpenBenchmark {
  private static final int ROWS = 16_384;

  /** Shards of 16,384 rows: 916 of them make 15 million. */
  @Param("916")
  int shards;

  /** Without one, the split of every row is read from its file. */
  @Param({"true", "false"})
  boolean manifest;

  private @Nullable Path folder;
  private Path root;

  @Setup
  public void link() throws IOException {
    folder = Files.createTempDirectory("facet-bench");
    Path one = folder.resolve("one");
    try (ShardWriter writer =
        new ShardWriter(one, ShardWriter.Settings.of("benchmark", Map.of()))) {
      for (int i = 0; i < ROWS; i++) {
        writer.write(
            new ShardRow(
                "id" + i,
                new byte[] {1, 2, 3, 4},
                List.of("a caption of some length, as data sets of faces have them"),
                null,
                1,
                1,
                Map.of(),
                "drawn",
                "00",
                "train"));
      }
      writer.commit();
    }
    root = Files.createDirectory(folder.resolve("many"));
    ObjectNode content = (ObjectNode) Json.LINE.readTree(one.resolve("manifest.json").toFile());
    ObjectNode shard = (ObjectNode) content.path("files").path(0);
    String name = shard.path("name").asText();
    ArrayNode files = content.putArray("files");
    for (int i = 0; i < shards; i++) {
      String linked = String.format(Locale.ROOT, "train-%05d.parquet", i);
      Files.createLink(root.resolve(linked), one.resolve(name));
      files.add(shard.deepCopy().put("name", linked));
    }
    content.putObject("rows").put("train", (long) ROWS * shards);
    if (manifest) {
      Json.LINE.writeValue(root.resolve("manifest.json").toFile(), content);
    }
  }

  @Benchmark
  public long open() {
    try (Dataset dataset = Datasets.open(root, "train")) {
      if (dataset.size() != (long) ROWS * shards) {
        throw new IllegalStateException(dataset.size() + " rows");
      }
      return dataset.chunkCount();
    }
  }

  @TearDown
  public void delete() throws IOException {
    if (folder != null) {
      Staged.delete(folder);
    }
  }
}
