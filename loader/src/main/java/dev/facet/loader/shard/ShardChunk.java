package dev.facet.loader.shard;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Row;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A row group in memory. Nothing in it changes, so any number of threads may ask for rows. */
final class ShardChunk implements Chunk {
  private final ShardGroup group;
  private final RowFiller filler;
  private final ShardMemory memory;
  private final AtomicReference<@Nullable RowGroup> content;

  ShardChunk(ShardGroup group, RowFiller filler, RowGroup content, ShardMemory memory) {
    this.group = group;
    this.filler = filler;
    this.memory = memory;
    this.content = new AtomicReference<>(content);
  }

  @Override
  public void read(int index, Row row) throws IOException, BadSampleException {
    RowGroup open = content.get();
    if (open == null) {
      throw new IllegalStateException("the chunk is closed");
    }
    int r = group.row(index);
    row.clear();
    row.place(group.file().name(), group.firstRow() + r);
    filler.fill(open, r, row);
    row.check();
  }

  @Override
  public void close() {
    RowGroup open = content.getAndSet(null);
    if (open != null) {
      memory.give(open);
    }
  }
}
