package dev.facet.prepare.part;

import dev.facet.base.FacetException;
import dev.facet.base.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The records of one part, appended as they come: what was appended before a process was killed is
 * there for the next one, which cuts off a record that was not finished. A part that is done has
 * the name without {@code .open}. Thread-safe.
 *
 * <p>A record: its length in bytes, that of its header and a CRC-32C of all that follows (4 bytes
 * each), the header as JSON, the encoded pictures.
 */
final class Spool implements AutoCloseable {
  static final int PREFIX = 3 * Integer.BYTES;
  private static final String OPEN = ".open";

  private final Path target;
  private final Path open;
  private final FileChannel channel;
  private final Set<Long> done = new HashSet<>();
  private boolean broken;

  private Spool(Path target) throws IOException {
    this.target = target;
    this.open = target.resolveSibling(target.getFileName() + OPEN);
    Files.createDirectories(open.toAbsolutePath().getParent());
    this.channel =
        FileChannel.open(
            open, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Whether a part is done. */
  static boolean isDone(Path target) {
    return Files.exists(target);
  }

  /** Goes on with a part, or begins it. */
  static Spool open(Path target) throws IOException {
    Spool spool = new Spool(target);
    try {
      spool.replay();
      return spool;
    } catch (IOException | RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  private void replay() throws IOException {
    long end = 0;
    try (SpoolReader reader = new SpoolReader(open, false)) {
      for (SpoolReader.Entry entry = reader.next(); entry != null; entry = reader.next()) {
        if (!reader.isSound(entry)) {
          break;
        }
        entry.record().rows().forEach(row -> done.add(row.ordinal()));
        end = reader.position();
      }
    }
    channel.truncate(end);
    channel.position(end);
  }

  /** Rows that need nothing done any more. */
  Set<Long> done() {
    return done;
  }

  /** A record as it stands in a spool. */
  static ByteBuffer encode(Made made) throws IOException {
    byte[] header = Json.LINE.writeValueAsBytes(made.record());
    int length = header.length + made.pictures().stream().mapToInt(bytes -> bytes.length).sum();
    ByteBuffer all = ByteBuffer.allocate(PREFIX + length);
    all.position(PREFIX).put(header);
    made.pictures().forEach(all::put);
    CRC32C crc = new CRC32C();
    crc.update(all.array(), PREFIX, length);
    return all.putInt(0, length).putInt(4, header.length).putInt(8, (int) crc.getValue()).flip();
  }

  /** Appends a record. */
  void append(Made made) throws IOException {
    ByteBuffer all = encode(made);
    synchronized (this) {
      if (broken) {
        throw new IOException("an earlier record could not be written whole");
      }
      broken = true; // until all of it is there: nothing may follow a part of a record
      while (all.hasRemaining()) {
        channel.write(all);
      }
      broken = false;
    }
  }

  /** Says that the part is done. */
  synchronized void commit() throws IOException {
    channel.force(true);
    channel.close();
    Files.move(open, target, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** What to say of a spool that cannot be read, though it was finished. */
  static FacetException damaged(Object file, @Nullable Throwable cause) {
    return FacetException.run(
        file + " is damaged: delete it and run the command again, which makes this part anew",
        cause);
  }
}
