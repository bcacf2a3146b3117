package dev.facet.loader.shard;

import java.util.ArrayList;
import java.util.List;

/**
 * Native memory that is used again, chunk after chunk: fresh memory for every chunk would cost a
 * page fault per 4 KiB of pictures. What nobody uses is given back when the pool is closed.
 */
final class BlockPool implements AutoCloseable {
  private static final int UNIT = 1 << 16;

  /** Blocks lying idle; more are given back at once. */
  private static final int MOST_IDLE = 64;

  private final List<Block> idle = new ArrayList<>();
  private boolean closed;

  /** At least so many bytes of any content. */
  Block take(long size) {
    synchronized (idle) {
      int best = -1;
      for (int i = 0; i < idle.size(); i++) {
        long capacity = idle.get(i).size();
        if (capacity >= size && (best < 0 || capacity < idle.get(best).size())) {
          best = i;
        }
      }
      // A block far too large is kept for those who need it.
      if (best >= 0 && idle.get(best).size() / 2 <= Math.max(size, UNIT)) {
        return idle.remove(best);
      }
    }
    // A little larger than asked, so that the next row group, of about the same size, fits too.
    long rounded = (size + size / 8 + UNIT - 1) / UNIT * UNIT;
    return Block.of(Math.min(rounded, Block.LONGEST));
  }

  /** Takes a block back; nobody may look into it any more. */
  void give(Block block) {
    Block excess = block;
    synchronized (idle) {
      if (!closed) {
        excess = idle.size() == MOST_IDLE ? idle.removeFirst() : null;
        idle.add(block);
      }
    }
    if (excess != null) {
      excess.arena().close();
    }
  }

  @Override
  public void close() {
    List<Block> unused;
    synchronized (idle) {
      closed = true;
      unused = List.copyOf(idle);
      idle.clear();
    }
    unused.forEach(block -> block.arena().close());
  }
}
