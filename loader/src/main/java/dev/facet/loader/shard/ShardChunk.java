package dev.facet.loader.shard;

import dev.facet.loader.BadSampleException;
import dev.facet.loader.Chunk;
import dev.facet.loader.Row;
import java.util.concurrent.atomic.AtomicBoolean;

/** A row group in memory. Rows are immutable once read, so any number of threads may ask. */
final class ShardChunk implements Chunk {
  private final ShardDataset.Group group;
  private final RowGroup content;
  private final AtomicBoolean closed = new AtomicBoolean();

  ShardChunk(ShardDataset.Group group, RowGroup content) {
    this.group = group;
    this.content = content;
  }

  @Override
  public Row row(int index) throws BadSampleException {
    if (closed.get()) {
      throw new IllegalStateException("the chunk is closed");
    }
    int row = group.row(index);
    return content.rows().get(row).row(group.place(row));
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      content.close();
    }
  }
}
