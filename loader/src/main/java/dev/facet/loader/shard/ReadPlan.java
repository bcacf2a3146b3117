package dev.facet.loader.shard;

import dev.facet.loader.parquet.Block;
import dev.facet.loader.parquet.RowGroups;
import dev.facet.loader.parquet.UnreadableException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;

/** Which pieces of a file bring in some columns of a row group, and where they go in a block. */
final class ReadPlan {
  /** Bytes between columns that are read along rather than skipped by another read. */
  private static final int GAP = 1 << 16;

  /** Bytes that any row group may unpack to. */
  private static final long MODEST = 256L << 20;

  /** How many times its packed bytes a larger one may unpack to. */
  private static final long MOST_RATIO = 64;

  private int[] order = new int[0];
  private long[] places = new long[0];
  private long[] fileAt = new long[0];
  private long[] blockAt = new long[1];
  private int pieces;

  /** Plans to read some columns, neighbours in one piece. */
  void plan(RowGroups groups, int number, int[] columns) {
    int count = columns.length;
    if (order.length < count) {
      order = new int[count];
      places = new long[count];
      fileAt = new long[count];
      blockAt = new long[count + 1];
    }
    sortByStart(groups, number, columns);
    pieces = 0;
    long end = 0;
    for (int i = 0; i < count; i++) {
      int k = order[i];
      long start = groups.start(number, columns[k]);
      if (pieces == 0 || start - end > GAP) {
        fileAt[pieces] = start;
        blockAt[pieces + 1] = blockAt[pieces];
        pieces++;
        end = start;
      }
      places[k] = blockAt[pieces - 1] + start - fileAt[pieces - 1];
      end = Math.max(end, start + groups.length(number, columns[k]));
      blockAt[pieces] = blockAt[pieces - 1] + end - fileAt[pieces - 1];
    }
    requireHandy(size());
  }

  /** Bytes to read. */
  long size() {
    return blockAt[pieces];
  }

  /** Where the {@code k}-th of the columns begins in the block. */
  int place(int k) {
    return (int) places[k];
  }

  /** Reads everything from a file into a block of at least {@link #size} bytes. */
  void read(Path path, FileChannel channel, Block block) throws IOException {
    ByteBuffer bytes = block.bytes();
    for (int piece = 0; piece < pieces; piece++) {
      int from = (int) blockAt[piece];
      bytes.limit((int) blockAt[piece + 1]).position(from);
      while (bytes.hasRemaining()) {
        long position = fileAt[piece] + bytes.position() - from;
        if (UnreadableException.read(path, channel, bytes, position) < 0) {
          throw new EOFException("the file ends " + bytes.remaining() + " bytes too early");
        }
      }
    }
    bytes.clear();
  }

  /** Refuses what does not fit into one block. */
  static void requireHandy(long size) {
    if (size > Block.LONGEST) {
      throw new UnsupportedOperationException(
          String.format(
              Locale.ROOT,
              "it takes %.1f GB at once, more than the 2 GB that can be held: write the file again"
                  + " with smaller row groups, of a few hundred pictures each",
              size / 1e9));
    }
  }

  /**
   * Refuses pages that unpack to far more than was read for them, before memory is taken for it.
   * Pictures and texts do not pack so well; a header says so much at no cost.
   */
  void requireModest(long unpacked) {
    requireHandy(unpacked);
    if (unpacked > Math.max(MODEST, MOST_RATIO * size())) {
      throw new UnsupportedOperationException(
          String.format(
              Locale.ROOT,
              "its %d bytes unpack to %.1f GB at once: write the file again with smaller row"
                  + " groups, of a few hundred pictures each",
              size(),
              unpacked / 1e9));
    }
  }

  /** Columns are few, so insertion sort. */
  private void sortByStart(RowGroups groups, int number, int[] columns) {
    for (int k = 0; k < columns.length; k++) {
      long start = groups.start(number, columns[k]);
      int at = k;
      while (at > 0 && groups.start(number, columns[order[at - 1]]) > start) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = k;
    }
  }
}
