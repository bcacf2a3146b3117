package dev.facet.loader.token;

import dev.facet.loader.data.XxHash64;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Token ids of captions, found by the caption itself: its XXH64 leads to them, so rows may come, go
 * and move, and a caption that was changed is not found. Among 15 million different captions two
 * are taken for each other with a probability of about one in 160,000. Mapped into memory, of which
 * the system keeps what is used. Thread-safe.
 *
 * <p>The file, little-endian: the ids of all captions, int32, each without the run of equal ids
 * that it ends with but for the first of them; a hash table of as many slots as a power of two has,
 * each a hash and where the ids begin, in numbers of ids, above their count (int64, int40, int24);
 * at the end what {@link #FOOTER} has room for: version, slots, captions, ids per caption and the
 * layout of the data.
 */
final class TokenFile implements AutoCloseable {
  static final long VERSION = 1;

  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Bytes of a slot of the hash table. */
  static final int SLOT = 2 * Long.BYTES;

  /** Bytes at the end of the file. */
  static final int FOOTER = 5 * Long.BYTES;

  /** Low bits of the second number of a slot, which tell how many ids a caption has. */
  static final int COUNT_BITS = 24;

  private final Arena arena;
  private final MemorySegment memory;
  private final long table;
  private final long mask;
  private final long captions;
  private final int contextLength;
  private final long layout;

  private TokenFile(Arena arena, MemorySegment memory) throws IOException {
    this.arena = arena;
    this.memory = memory;
    long footer = memory.byteSize() - FOOTER;
    if (footer < 0 || memory.get(LONG, footer) != VERSION) {
      throw new IOException("no file of tokens of this version");
    }
    long slots = memory.get(LONG, footer + 8);
    this.captions = memory.get(LONG, footer + 16);
    this.contextLength = (int) memory.get(LONG, footer + 24);
    this.layout = memory.get(LONG, footer + 32);
    this.table = footer - slots * SLOT;
    this.mask = slots - 1;
    if (slots < 1 || Long.bitCount(slots) != 1 || slots > footer / SLOT) {
      throw new IOException("damaged");
    }
  }

  /**
   * Opens one.
   *
   * @throws IOException if there is none, or none that can be used
   */
  static TokenFile open(Path path) throws IOException {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return new TokenFile(
          arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
    } catch (IOException e) {
      arena.close();
      throw e;
    }
  }

  /** Number of different captions. */
  long captions() {
    return captions;
  }

  /** Ids written per caption. */
  int contextLength() {
    return contextLength;
  }

  /** {@link dev.facet.loader.data.Dataset#layout} of the data that the captions are of. */
  long layout() {
    return layout;
  }

  /**
   * Writes the ids of a caption, {@link #contextLength} of them, at the buffer's position.
   *
   * @return false if the caption is not known; then nothing is written
   */
  boolean read(String caption, LongBuffer ids) {
    long hash = hash(caption);
    for (long slot = hash & mask; ; slot = slot + 1 & mask) {
      long where = memory.get(LONG, table + slot * SLOT + 8);
      if (where == 0) {
        return false;
      }
      if (memory.get(LONG, table + slot * SLOT) == hash) {
        write(where >>> COUNT_BITS, (int) (where & (1L << COUNT_BITS) - 1), ids);
        return true;
      }
    }
  }

  private void write(long first, int count, LongBuffer ids) {
    long id = 0;
    for (int i = 0; i < contextLength; i++) {
      if (i < count) {
        id = memory.get(INT, (first + i) * Integer.BYTES);
      }
      ids.put(id);
    }
  }

  /** What a caption is known by. */
  static long hash(String caption) {
    byte[] bytes = caption.getBytes(StandardCharsets.UTF_8);
    return XxHash64.of(MemorySegment.ofArray(bytes), 0, bytes.length);
  }

  @Override
  public void close() {
    arena.close();
  }
}
