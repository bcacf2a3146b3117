package dev.facet.loader.data;

import dev.facet.augment.geometry.Box;
import dev.facet.loader.Pictures;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** Rows in memory, in chunks of a few; can be told to fail. */
public final class MemoryDataset implements Dataset {
  public final AtomicInteger openChunks = new AtomicInteger();

  /** How often each chunk was opened. */
  public final Map<Integer, Integer> opened = new ConcurrentHashMap<>();

  private final List<RowCopy> rows = new ArrayList<>();
  private final int chunkRows;
  private Fault opening = chunk -> {};
  private Fault reading = row -> {};
  private IntConsumer closed = chunk -> {};
  private IntToLongFunction bytes = chunk -> 0;

  public MemoryDataset(int chunkRows) {
    this.chunkRows = chunkRows;
  }

  /** {@code count} small pictures, each with two captions; every 7th caption is the same. */
  public static MemoryDataset of(int count, int chunkRows) {
    MemoryDataset dataset = new MemoryDataset(chunkRows);
    for (int i = 0; i < count; i++) {
      dataset.add(Pictures.jpeg(Pictures.busy(40 + i % 5, 48, i)), null);
    }
    return dataset;
  }

  public void add(byte[] image, @Nullable Box box) {
    add(Pictures.direct(image), box);
  }

  /** A row whose bytes no reader may touch any more: each meets an unchecked exception. */
  public void addUnreadable() {
    try (Arena arena = Arena.ofShared()) {
      add(arena.allocate(100).asByteBuffer(), null);
    }
  }

  private void add(ByteBuffer image, @Nullable Box box) {
    int i = rows.size();
    rows.add(
        new RowCopy(
            "id" + i,
            "memory:" + i,
            image,
            List.of("caption " + i % 7, "other " + i),
            box,
            Map.of("n", "" + i)));
  }

  /** Done before a chunk is opened or a row read, given its number: mostly throws or waits. */
  public interface Fault {
    void at(int number) throws IOException;
  }

  public void beforeOpening(Fault fault) {
    opening = fault;
  }

  public void beforeReading(Fault fault) {
    reading = fault;
  }

  public void afterClosing(IntConsumer done) {
    closed = done;
  }

  /** What each chunk says it takes while it is open. */
  public void chunkBytes(IntToLongFunction count) {
    bytes = count;
  }

  public void failToOpen(int unreadable) {
    beforeOpening(
        chunk -> {
          if (chunk == unreadable) {
            throw new IOException("disk on fire");
          }
        });
  }

  public void failOnRow(RuntimeException failure) {
    beforeReading(
        row -> {
          throw failure;
        });
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public int chunkCount() {
    return Math.ceilDiv(rows.size(), chunkRows);
  }

  @Override
  public int rowCount(int chunk) {
    return Math.min(chunkRows, rows.size() - chunk * chunkRows);
  }

  @Override
  public long bytes(int chunk) {
    return bytes.applyAsLong(chunk);
  }

  @Override
  public Chunk open(int chunk) throws IOException {
    opening.at(chunk);
    opened.merge(chunk, 1, Integer::sum);
    openChunks.incrementAndGet();
    return new Chunk() {
      @Override
      public void read(int index, Row row) throws IOException, BadSampleException {
        rows.get(chunk * chunkRows + index).fill(row);
        reading.at(chunk * chunkRows + index);
        row.check();
      }

      @Override
      public void close() {
        openChunks.decrementAndGet();
        closed.accept(chunk);
      }
    };
  }

  @Override
  public void close() {}
}
