package dev.facet.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.base.Json;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.MemoryDataset;
import dev.facet.loader.data.Mixture;
import dev.facet.loader.data.Row;
import dev.facet.loader.quarantine.Quarantine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ResumeTest {
  private static final int CHUNKS = 58_600;
  private static final int ROWS = 256;

  private final Setup setup = new Setup();

  /** 15 million times the same picture; notes what is touched. */
  private static final class Many implements Dataset {
    final Map<Integer, Boolean> opened = new ConcurrentHashMap<>();
    final AtomicInteger read = new AtomicInteger();
    private final MemoryDataset one = MemoryDataset.of(1, 1);

    @Override
    public String name() {
      return "many";
    }

    @Override
    public int chunkCount() {
      return CHUNKS;
    }

    @Override
    public int rowCount(int chunk) {
      return ROWS;
    }

    @Override
    public Chunk open(int chunk) throws IOException {
      opened.put(chunk, true);
      Chunk open = one.open(0);
      return new Chunk() {
        @Override
        public void read(int index, Row row) throws IOException, BadSampleException {
          read.incrementAndGet();
          open.read(0, row);
        }

        @Override
        public void close() {
          open.close();
        }
      };
    }

    @Override
    public void close() {}
  }

  @Test
  void aPositionAmong15MillionRowsIsRestoredByReadingItsWindowOnly() throws Exception {
    setup.window = 4;
    setup.epochs = 9;
    Many data = new Many();
    Position late = new Position(7, (long) CHUNKS * ROWS - 3 * ROWS);
    try (Loader loader = setup.start(data, Quarantine.none(), late)) {
      try (Batch batch = Objects.requireNonNull(loader.next())) {
        assertThat(batch.next()).isEqualTo(new Position(7, late.samples() + 8));
      }
    }
    // The window of the position and the one after it; the ring and what workers had begun.
    assertThat(data.opened.size()).isBetween(1, 8);
    assertThat(data.read.get()).isLessThanOrEqualTo((setup.slots + 1) * setup.batch);
  }

  @Test
  void aMixtureOf15MillionRowsIsRestoredTheSameWay() throws Exception {
    setup.window = 4;
    setup.epochs = 9;
    Many data = new Many();
    Mixture mixture = new Mixture(List.of(data, MemoryDataset.of(50, 5)), List.of(9.0, 1.0));
    try (Loader loader = setup.start(mixture, Quarantine.none(), new Position(7, 13_999_999))) {
      Objects.requireNonNull(loader.next()).close();
    }
    assertThat(data.opened.size()).isBetween(1, 12);
    assertThat(data.read.get()).isLessThanOrEqualTo((setup.slots + 1) * setup.batch);
  }

  @Test
  void theStateIsAFewBytes() throws Exception {
    assertThat(Json.LINE.writeValueAsBytes(new Position(Integer.MAX_VALUE, Long.MAX_VALUE)))
        .hasSizeLessThan(100);
  }
}
