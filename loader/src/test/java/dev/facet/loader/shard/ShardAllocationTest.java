package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Row;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardAllocationTest {
  @TempDir Path dir;

  @Test
  void readingOwnShardsAllocatesAsGoodAsNothing() throws Exception {
    Path folder = dir.resolve("shards");
    ShardFixture.write(folder, 4000, 256, 1024);
    try (ShardDataset dataset = ShardDataset.open(folder, "train")) {
      Row row = new Row();
      read(dataset, row);
      read(dataset, row); // buffers have grown to their sizes
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      long rows = 0;
      for (int times = 0; times < 5; times++) {
        rows += read(dataset, row);
      }
      long perRow = (threads.getCurrentThreadAllocatedBytes() - before) / rows;
      assertThat(perRow).as("bytes per row").isLessThan(20);
    }
  }

  private static long read(ShardDataset dataset, Row row) throws Exception {
    long rows = 0;
    for (int c = 0; c < dataset.chunkCount(); c++) {
      try (Chunk chunk = dataset.open(c)) {
        for (int r = 0; r < dataset.rowCount(c); r++) {
          chunk.read(r, row);
          rows++;
        }
      }
    }
    return rows;
  }
}
