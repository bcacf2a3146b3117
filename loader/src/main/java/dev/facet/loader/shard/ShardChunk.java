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
  public void read(int index, Row row) throws BadSampleException {
    if (closed.get()) {
      throw new IllegalStateException("the chunk is closed");
    }
    int place = group.row(index);
    row.clear();
    row.place(group.file().path().getFileName().toString(), group.firstRow() + place);
    content.rows().get(place).read(row);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      content.close();
    }
  }
}
