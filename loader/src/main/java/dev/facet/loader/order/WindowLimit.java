package dev.facet.loader.order;

import dev.facet.loader.data.ChunkSizes;

/**
 * How much a window holds at most.
 *
 * @param chunks among which rows are mixed
 * @param bytes that these may take; a window of one chunk may take more
 */
public record WindowLimit(int chunks, long bytes) {
  /** A limit of chunks alone. */
  public static WindowLimit ofChunks(int chunks) {
    return new WindowLimit(chunks, Long.MAX_VALUE);
  }

  /**
   * Whether the bytes may make windows of these chunks smaller. Where not, windows are what they
   * would be without a limit of bytes, so the order does not depend on the size of pictures.
   */
  public boolean narrows(ChunkSizes sizes) {
    long most = sizes.mostBytes();
    return most > 0 && Math.min(chunks, sizes.chunks()) > bytes / most;
  }
}
