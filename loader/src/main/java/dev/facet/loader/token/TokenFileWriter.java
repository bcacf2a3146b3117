package dev.facet.loader.token;

import static dev.facet.loader.token.TokenFile.COUNT_BITS;
import static dev.facet.loader.token.TokenFile.FOOTER;
import static dev.facet.loader.token.TokenFile.INT;
import static dev.facet.loader.token.TokenFile.LONG;
import static dev.facet.loader.token.TokenFile.SLOT;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a {@link TokenFile}. Ids go to the file as they come, and what the table will hold to one
 * beside it, so that memory does not grow with the captions. For one thread.
 */
final class TokenFileWriter implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final Path entries;
  private final int contextLength;
  private final byte[] number = new byte[Integer.BYTES];
  private final BufferedOutputStream ids;
  private final DataOutputStream found;
  private long written;
  private long added;

  TokenFileWriter(Path path, int contextLength) throws IOException {
    if (contextLength >= 1 << COUNT_BITS) {
      throw new IllegalArgumentException("more ids than fit: " + contextLength);
    }
    this.path = path;
    this.entries = path.resolveSibling(path.getFileName() + ".entries");
    this.contextLength = contextLength;
    this.ids = new BufferedOutputStream(Files.newOutputStream(path), BUFFER);
    this.found =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(entries), BUFFER));
  }

  /**
   * Adds a caption; one that comes again is found as it was first.
   *
   * @param its ids, as many as the file has per caption
   */
  void add(String caption, long[] its) throws IOException {
    int count = contextLength;
    while (count > 1 && its[count - 1] == its[count - 2]) {
      count--;
    }
    for (int i = 0; i < count; i++) {
      MemorySegment.ofArray(number).set(INT, 0, Math.toIntExact(its[i]));
      ids.write(number);
    }
    found.writeLong(TokenFile.hash(caption));
    found.writeLong(written << COUNT_BITS | count);
    written += count;
    added++;
  }

  /**
   * Writes the table.
   *
   * @param layout of the data
   */
  void finish(long layout) throws IOException {
    // Half full at most, so that a look ends after two slots.
    long slots = Long.highestOneBit(Math.max(1, added)) * 4;
    long start = written * Integer.BYTES;
    reserve(slots * SLOT + FOOTER);
    ids.close();
    found.close();
    try (FileChannel channel =
            FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Arena arena = Arena.ofConfined();
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(Files.newInputStream(entries), BUFFER))) {
      long bytes = slots * SLOT + FOOTER;
      MemorySegment table = channel.map(FileChannel.MapMode.READ_WRITE, start, bytes, arena);
      long captions = 0;
      for (long i = 0; i < added; i++) {
        captions += put(table, slots - 1, in.readLong(), in.readLong()) ? 1 : 0;
      }
      long footer = slots * SLOT;
      table.set(LONG, footer, TokenFile.VERSION);
      table.set(LONG, footer + 8, slots);
      table.set(LONG, footer + 16, captions);
      table.set(LONG, footer + 24, contextLength);
      table.set(LONG, footer + 32, layout);
      table.force();
    }
  }

  /** A full disk is an exception here; where it shows in mapped memory, the process dies of it. */
  private void reserve(long bytes) throws IOException {
    byte[] zeros = new byte[BUFFER];
    for (long left = bytes; left > 0; left -= BUFFER) {
      ids.write(zeros, 0, (int) Math.min(BUFFER, left));
    }
  }

  /** Returns false if the caption is there already. */
  private static boolean put(MemorySegment table, long mask, long hash, long where) {
    for (long slot = hash & mask; ; slot = slot + 1 & mask) {
      long at = slot * SLOT;
      if (table.get(LONG, at + 8) == 0) {
        table.set(LONG, at, hash);
        table.set(LONG, at + 8, where);
        return true;
      }
      if (table.get(LONG, at) == hash) {
        return false;
      }
    }
  }

  @Override
  public void close() throws IOException {
    ids.close();
    found.close();
    Files.deleteIfExists(entries);
  }
}
