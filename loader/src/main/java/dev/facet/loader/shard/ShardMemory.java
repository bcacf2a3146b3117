package dev.facet.loader.shard;

import dev.facet.loader.parquet.Block;
import dev.facet.loader.parquet.BlockPool;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Everything that opening chunks uses again and again. Thread-safe. */
final class ShardMemory implements AutoCloseable {
  private final BlockPool blocks = new BlockPool();
  private final Deque<RowGroup> groups = new ArrayDeque<>();
  private final Deque<RowGroupReader> readers = new ArrayDeque<>();
  private boolean closed;

  BlockPool blocks() {
    return blocks;
  }

  RowGroup takeGroup() {
    synchronized (groups) {
      RowGroup group = groups.pollFirst();
      return group != null ? group : new RowGroup();
    }
  }

  /** Takes a row group back with its memory; nobody may look into it any more. */
  void give(RowGroup group) {
    Block read = group.read;
    Block unpacked = group.unpacked;
    group.read = null;
    group.unpacked = null;
    give(read);
    give(unpacked);
    synchronized (groups) {
      groups.addFirst(group);
    }
  }

  void give(@Nullable Block block) {
    if (block != null) {
      blocks.give(block);
    }
  }

  RowGroupReader takeReader() {
    synchronized (readers) {
      RowGroupReader reader = readers.pollFirst();
      return reader != null ? reader : new RowGroupReader(this);
    }
  }

  void give(RowGroupReader reader) {
    synchronized (readers) {
      if (!closed) {
        readers.addFirst(reader);
        return;
      }
    }
    reader.close();
  }

  @Override
  public void close() {
    blocks.close();
    synchronized (readers) {
      closed = true;
      readers.forEach(RowGroupReader::close);
      readers.clear();
    }
  }
}
