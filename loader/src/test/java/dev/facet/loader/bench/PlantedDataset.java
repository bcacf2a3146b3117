package dev.facet.loader.bench;

import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;

/** One picture, many times, in chunks; opening and reading can be made to take long. */
final class PlantedDataset implements Dataset {
  private static final int CHUNK = 16;

  private final MemorySegment picture;
  private final long openNanos;
  private final long readNanos;

  PlantedDataset(byte[] picture, long openMillis, long readMillis) {
    this.picture = Arena.ofAuto().allocate(picture.length).copyFrom(MemorySegment.ofArray(picture));
    this.openNanos = openMillis * 1_000_000;
    this.readNanos = readMillis * 1_000_000;
  }

  @Override
  public String name() {
    return "planted";
  }

  @Override
  public int chunkCount() {
    return 64;
  }

  @Override
  public int rowCount(int chunk) {
    return CHUNK;
  }

  @Override
  public Chunk open(int chunk) {
    pause(openNanos);
    return new Chunk() {
      @Override
      public void read(int index, Row row) {
        pause(readNanos);
        row.clear();
        row.place("planted", (long) chunk * CHUNK + index);
        row.caption("a face", 1);
        row.image().at(picture, 0, (int) picture.byteSize());
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}

  /** What a slow disk or consumer does to the thread that uses it. */
  static void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
