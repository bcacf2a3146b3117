package dev.facet.eval;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/** Token ids of captions that wait until there is a batch of them. */
public final class PendingTokens {
  private final int length;
  private final LongBuffer ids;
  private final ByteBuffer bytes;

  /**
   * @param batch captions in a batch
   * @param length ids per caption
   */
  public PendingTokens(int batch, int length) {
    this.length = length;
    this.bytes =
        ByteBuffer.allocateDirect(Math.multiplyExact(8 * length, batch))
            .order(ByteOrder.nativeOrder());
    this.ids = bytes.asLongBuffer();
  }

  /** Takes one caption, the ids from {@code from} on. */
  public void add(LongBuffer row, int from) {
    ids.put(row.slice(from, length));
  }

  /** How many wait. */
  public int count() {
    return ids.position() / length;
  }

  /** Whether no further one has room. */
  public boolean isFull() {
    return !ids.hasRemaining();
  }

  /** All that wait, int64 [count, length] in direct memory; valid until the next one is added. */
  public ByteBuffer take() {
    ByteBuffer taken = bytes.slice(0, 8 * ids.position()).order(ByteOrder.nativeOrder());
    ids.clear();
    return taken;
  }
}
