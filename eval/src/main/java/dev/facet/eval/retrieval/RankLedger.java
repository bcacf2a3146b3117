package dev.facet.eval.retrieval;

import dev.facet.base.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The ranks of blocks that are done, in a file that grows by a record for each: a process that ends
 * loses what it was at, and the next one cuts off what is not whole. The file begins with a digest
 * of all that ranks depend on; one of anything else is begun anew.
 *
 * <p>A record is a count n, n times query (int), rank, precision (double) and positives (int), and
 * the CRC-32C of these bytes (int), big-endian.
 */
final class RankLedger implements AutoCloseable {
  /** Of the form of a record, and of how scores are computed. */
  private static final int VERSION = 1;

  private static final int KEY = 32;
  private static final int ENTRY = 2 * Integer.BYTES + 2 * Double.BYTES;
  private static final int AROUND = 2 * Integer.BYTES;
  private static final int PIECE = 1 << 20;

  private final FileChannel file;
  private final RankTable table;

  private RankLedger(FileChannel file, RankTable table) {
    this.file = file;
    this.table = table;
  }

  /**
   * Goes on with a file, or begins it.
   *
   * @param key see {@link #key}
   * @param table gets the ranks that are there
   */
  static RankLedger open(Path path, byte[] key, RankTable table) throws IOException {
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    RankLedger ledger = new RankLedger(file, table);
    try {
      ByteBuffer found = ledger.read(0, KEY);
      if (found == null || !found.equals(ByteBuffer.wrap(key))) {
        file.truncate(0);
        file.write(ByteBuffer.wrap(key), 0);
      }
      long end = KEY;
      for (long next; (next = ledger.take(end)) > 0; ) {
        end = next;
      }
      file.truncate(end);
      file.position(end);
      return ledger;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Reads the record that begins here; returns where it ends, or 0 if it is not whole. */
  private long take(long at) throws IOException {
    ByteBuffer head = read(at, Integer.BYTES);
    long length = head == null ? -1 : (long) head.getInt(0) * ENTRY + AROUND;
    if (length < AROUND || length > file.size() - at) {
      return 0;
    }
    ByteBuffer record = read(at, Math.toIntExact(length));
    if (record == null || checksum(record) != last(record)) {
      return 0;
    }
    for (int i = record.getInt(); i > 0; i--) {
      int query = record.getInt();
      table.set(query, record.getDouble(), record.getDouble(), record.getInt());
    }
    return at + length;
  }

  /** Writes down a block. */
  synchronized void add(int[] asked, int from, int to) {
    ByteBuffer record = ByteBuffer.allocate((to - from) * ENTRY + AROUND);
    record.putInt(to - from);
    for (int i = from; i < to; i++) {
      record.putInt(asked[i]);
      record.putDouble(table.rank(asked[i])).putDouble(table.precision(asked[i]));
      record.putInt(table.positives(asked[i]));
    }
    record.putInt(checksum(record));
    record.flip();
    try {
      while (record.hasRemaining()) {
        file.write(record);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int last(ByteBuffer record) {
    return record.getInt(record.capacity() - Integer.BYTES);
  }

  /** Of all but the last four bytes. */
  private static int checksum(ByteBuffer record) {
    CRC32C sum = new CRC32C();
    sum.update(record.slice(0, record.capacity() - Integer.BYTES));
    return (int) sum.getValue();
  }

  private @Nullable ByteBuffer read(long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, at + bytes.position()) < 0) {
        return null;
      }
    }
    bytes.flip();
    return bytes;
  }

  /** A digest of vectors, pairs and rules, the convention for identical captions aside: SHA-256. */
  static byte[] key(Ranking ranking) {
    MessageDigest digest = Sha256.digest();
    RetrievalSettings rules = ranking.settings();
    digest.update(
        "ranks %s, %s ties, first %s, width %s"
            .formatted(VERSION, rules.tieRule().label(), rules.depth(), ranking.images().dim())
            .getBytes(StandardCharsets.UTF_8));
    update(digest, ranking.images().memory());
    update(digest, ranking.captions().memory());
    update(digest, MemorySegment.ofArray(ranking.pairing().imageOfCaption()));
    update(digest, MemorySegment.ofArray(ranking.pairing().captionIds()));
    return digest.digest();
  }

  /** With its length, so that nothing can move from one to the next. */
  private static void update(MessageDigest digest, MemorySegment memory) {
    byte[] piece = new byte[PIECE];
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(memory.byteSize()).flip());
    for (long at = 0; at < memory.byteSize(); at += PIECE) {
      int length = (int) Math.min(PIECE, memory.byteSize() - at);
      MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at, piece, 0, length);
      digest.update(piece, 0, length);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
