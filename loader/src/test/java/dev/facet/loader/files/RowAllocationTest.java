package dev.facet.loader.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Row;
import dev.facet.loader.source.IndexedDataset;
import dev.facet.loader.source.Lists;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowAllocationTest {
  @TempDir Path folder;

  @Test
  void readingARowAllocatesNextToNothing() throws Exception {
    Lists.write(folder.resolve("a.jpg"), "p");
    String line = "{\"image\":\"a.jpg\",\"caption\":\"one\"}\n";
    Lists.write(folder.resolve("captions.jsonl"), line + line);
    try (IndexedDataset data = Lists.open(folder, Format.JSONL, "train");
        Chunk chunk = data.open(0)) {
      Row row = new Row();
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      read(chunk, row, 40_000);
      long before = threads.getCurrentThreadAllocatedBytes();
      read(chunk, row, 20_000);
      long perRow = (threads.getCurrentThreadAllocatedBytes() - before) / 20_000;
      assertThat(perRow).isLessThan(SystemCalls.AVAILABLE ? 50 : 4000);
    }
  }

  private static void read(Chunk chunk, Row row, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      chunk.read(i % 2, row);
    }
  }
}
