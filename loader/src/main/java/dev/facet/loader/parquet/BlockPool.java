package dev.facet.loader.parquet;

import java.util.ArrayList;
import java.util.List;

/**
 * Native memory that is used again, chunk after chunk: fresh memory for every chunk would cost a
 * page fault per 4 KiB of pictures. All blocks together, idle ones included, never take more than
 * those did that were in use at once. What nobody uses is given back when the pool is closed.
 */
public final class BlockPool implements AutoCloseable {
  private static final int UNIT = 1 << 16;

  /** Blocks lying idle; more are given back at once. */
  private static final int MOST_IDLE = 64;

  private final List<Block> idle = new ArrayList<>();
  private long idleBytes;
  private long usedBytes;
  private long mostUsed;
  private boolean closed;

  /** At least so many bytes of any content. */
  public Block take(long size) {
    synchronized (idle) {
      int best = -1;
      for (int i = 0; i < idle.size(); i++) {
        long capacity = idle.get(i).size();
        if (capacity >= size && (best < 0 || capacity < idle.get(best).size())) {
          best = i;
        }
      }
      // A block far too large is kept for those who need it.
      if (best >= 0 && idle.get(best).size() <= most(size)) {
        Block known = idle.remove(best);
        idleBytes -= known.size();
        usedBytes += known.size();
        mostUsed = Math.max(mostUsed, usedBytes);
        return known;
      }
    }
    // A little larger than asked, so that the next row group, of about the same size, fits too.
    long rounded = (size + size / 8 + UNIT - 1) / UNIT * UNIT;
    return fresh(Math.min(rounded, Block.LONGEST));
  }

  /** The most memory that taking so many bytes uses up. */
  public static long most(long size) {
    return size + size / 4 + 2 * UNIT;
  }

  /** The most memory that blocks in use ever took; all blocks together never take more. */
  public long mostUsed() {
    synchronized (idle) {
      return mostUsed;
    }
  }

  /** A new block, for which idle ones may have to go. */
  private Block fresh(long size) {
    List<Block> excess = new ArrayList<>();
    synchronized (idle) {
      usedBytes += size;
      mostUsed = Math.max(mostUsed, usedBytes);
      while (!idle.isEmpty() && usedBytes + idleBytes > mostUsed) {
        excess.add(removeOldest());
      }
    }
    excess.forEach(block -> block.arena().close());
    boolean made = false;
    try {
      Block block = Block.of(size);
      made = true;
      return block;
    } finally {
      if (!made) {
        synchronized (idle) {
          usedBytes -= size;
        }
      }
    }
  }

  private Block removeOldest() {
    Block oldest = idle.removeFirst();
    idleBytes -= oldest.size();
    return oldest;
  }

  /** Takes a block back; nobody may look into it any more. */
  public void give(Block block) {
    Block excess = block;
    synchronized (idle) {
      usedBytes -= block.size();
      if (!closed) {
        excess = idle.size() == MOST_IDLE ? removeOldest() : null;
        idle.add(block);
        idleBytes += block.size();
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
      idleBytes = 0;
    }
    unused.forEach(block -> block.arena().close());
  }
}
