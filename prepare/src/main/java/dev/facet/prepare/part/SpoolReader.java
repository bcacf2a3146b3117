package dev.facet.prepare.part;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.facet.base.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads the records of a part, one after the other or by their place. For one thread. */
public final class SpoolReader implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final long size;
  private final boolean finished;
  private long position;

  /** Opens the file of a part that is done, at its first record. */
  public SpoolReader(Path file) throws IOException {
    this(file, true);
  }

  /**
   * Opens a file, at its first record.
   *
   * @param finished whether there can be nothing but whole records
   */
  SpoolReader(Path file, boolean finished) throws IOException {
    this.finished = finished;
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.size = channel.size();
  }

  /**
   * A record without its pictures.
   *
   * @param offset where it begins in the file
   */
  public record Entry(long offset, PhotoRecord record, int header, int length, int crc) {}

  /**
   * The next record, or null behind the last whole one.
   *
   * @throws dev.facet.base.FacetException if the part is done and something else follows
   */
  public @Nullable Entry next() throws IOException {
    Entry entry = entry(position);
    if (entry == null && finished && position < size) {
      throw Spool.damaged(file, null);
    }
    if (entry != null) {
      position += Spool.PREFIX + entry.length;
    }
    return entry;
  }

  /** Where the next record begins. */
  long position() {
    return position;
  }

  /**
   * A record by its place, with the pictures of its samples.
   *
   * @throws dev.facet.base.FacetException if it is damaged
   */
  public Made read(long offset) throws IOException {
    Entry entry = entry(offset);
    if (entry == null || !isSound(entry)) {
      throw Spool.damaged(file, null);
    }
    List<byte[]> pictures = new ArrayList<>();
    long at = offset + Spool.PREFIX + entry.header;
    for (RowRecord row : entry.record.rows()) {
      for (FaceRecord face : row.faces()) {
        SampleRecord sample = face.sample();
        if (sample != null) {
          pictures.add(bytes(at, sample.bytes()).array());
          at += sample.bytes();
        }
      }
    }
    return new Made(entry.record, pictures);
  }

  /** Whether all of a record is as it was written. */
  boolean isSound(Entry entry) throws IOException {
    CRC32C crc = new CRC32C();
    crc.update(bytes(entry.offset + Spool.PREFIX, entry.length));
    return (int) crc.getValue() == entry.crc;
  }

  private @Nullable Entry entry(long offset) throws IOException {
    if (size - offset < Spool.PREFIX) {
      return null;
    }
    ByteBuffer prefix = bytes(offset, Spool.PREFIX);
    int length = prefix.getInt();
    int header = prefix.getInt();
    int crc = prefix.getInt();
    if (header < 2 || length < header || length > size - offset - Spool.PREFIX) {
      return null;
    }
    try {
      byte[] json = bytes(offset + Spool.PREFIX, header).array();
      return new Entry(offset, Json.LINE.readValue(json, PhotoRecord.class), header, length, crc);
    } catch (JsonProcessingException e) {
      return null; // cut off while it was written, and longer than what came before
    }
  }

  private ByteBuffer bytes(long from, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw Spool.damaged(file, null);
      }
    }
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
