package dev.facet.loader.index;

import dev.facet.base.FacetException;
import dev.facet.loader.data.Holdout;
import dev.facet.loader.files.PictureFiles;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A mapped index file. The header and the tables are checked when it is opened, a chunk's entries
 * when the chunk is; so opening costs no more for 15 million entries than for a thousand. The map
 * ends when nobody holds it any more.
 *
 * @param parts the files that were scanned; entries refer to them by number
 * @param notes what the scan had to say
 */
public record Index(
    Path file,
    MemorySegment map,
    List<Part> parts,
    List<String> notes,
    SortedMap<String, Split> splits) {

  /** To be raised with every change of the format, or of what a scan makes of the same files. */
  static final int VERSION = 6;

  static final int HEADER_BYTES = 64;

  private static final long MAGIC = 0x4641_4345_5449_4458L; // FACETIDX
  private static final int ENTRY_BYTES = 20;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /**
   * A file that was scanned.
   *
   * @param firstPictures some relative paths in it, which tell where its pictures lie
   */
  public record Part(String name, List<String> firstPictures) {}

  /**
   * The chunks of a split.
   *
   * @param table where their offset (long), length, rows and checksum (int) are listed
   */
  public record Split(long rows, int chunks, long table) {}

  /**
   * The first bytes of a complete file: magic, version, checksum of the tables, lengths, origin.
   */
  static ByteBuffer header(long length, long tables, int tablesCrc, byte[] fingerprint) {
    return ByteBuffer.allocate(HEADER_BYTES)
        .putLong(MAGIC)
        .putInt(VERSION)
        .putInt(tablesCrc)
        .putLong(length)
        .putLong(tables)
        .put(fingerprint)
        .flip();
  }

  /**
   * Opens an index that was made from the files of this fingerprint.
   *
   * @throws IOException if it is not there, damaged, of another version or of other files
   */
  static Index open(Path file, byte[] fingerprint) throws IOException {
    MemorySegment map;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      map = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
    }
    if (map.byteSize() < HEADER_BYTES) {
      throw new IOException(file + " is too short");
    }
    ByteBuffer found = map.asSlice(0, HEADER_BYTES).asByteBuffer();
    int crc = found.getInt(12);
    long tables = found.getLong(24);
    if (!found.equals(header(map.byteSize(), tables, crc, fingerprint))
        || tables < HEADER_BYTES
        || map.byteSize() - tables > Integer.MAX_VALUE
        || tables > map.byteSize()
        || crc(map, tables, map.byteSize() - tables) != crc) {
      throw new IOException(file + " is damaged, or made from other files");
    }
    try {
      return read(file, map, tables);
    } catch (IndexOutOfBoundsException e) {
      throw new IOException(file + " contradicts itself", e);
    }
  }

  private static Index read(Path file, MemorySegment map, long tables) {
    Cursor at = new Cursor(map, tables);
    List<Part> parts = new ArrayList<>();
    for (int left = at.number(); left > 0; left--) {
      parts.add(new Part(at.text(), at.texts()));
    }
    List<String> notes = at.texts();
    SortedMap<String, Split> splits = new TreeMap<>();
    for (int left = at.number(); left > 0; left--) {
      String name = at.text();
      long rows = at.longNumber();
      Split split = new Split(rows, at.number(), at.position);
      splits.put(name, split);
      at.position += (long) split.chunks * ENTRY_BYTES;
    }
    return new Index(file, map, parts, notes, Collections.unmodifiableSortedMap(splits));
  }

  public int rows(Split split, int chunk) {
    return map.get(INT, entry(split, chunk) + 12);
  }

  /** Where a chunk begins. */
  public long begin(Split split, int chunk) {
    return map.get(LONG, entry(split, chunk));
  }

  /** Where an entry of the chunk at {@code begin} begins. */
  public long entry(long begin, int row) {
    return begin + map.get(INT, begin + 4L * row);
  }

  /**
   * Refuses a chunk whose bytes are not those that were written.
   *
   * @throws IOException with the cure
   */
  public void check(Split split, int chunk) throws IOException {
    long entry = entry(split, chunk);
    if (crc(map, begin(split, chunk), map.get(INT, entry + 8)) != map.get(INT, entry + 16)) {
      throw new IOException(file + " is damaged: delete it and start again; it is made anew");
    }
  }

  public FacetException noSuchSplit(Path root, String split, Holdout holdout) {
    return holdout.noRows(
        root,
        split,
        String.join(", ", splits.keySet())
            + (notes.isEmpty() ? "" : " (note: " + notes.getFirst() + ")"));
  }

  private static long entry(Split split, int chunk) {
    return split.table + (long) chunk * ENTRY_BYTES;
  }

  private static int crc(MemorySegment map, long offset, long length) {
    CRC32C crc = new CRC32C();
    crc.update(map.asSlice(offset, length).asByteBuffer());
    return (int) crc.getValue();
  }

  private static final class Cursor {
    private final MemorySegment map;
    private long position;

    Cursor(MemorySegment map, long position) {
      this.map = map;
      this.position = position;
    }

    int number() {
      position += 4;
      return map.get(INT, position - 4);
    }

    long longNumber() {
      position += 8;
      return map.get(LONG, position - 8);
    }

    String text() {
      int length = number();
      position += length;
      return PictureFiles.name(map, position - length, length);
    }

    List<String> texts() {
      int count = number();
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        texts.add(text());
      }
      return texts;
    }
  }
}
