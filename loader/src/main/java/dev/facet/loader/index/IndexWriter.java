package dev.facet.loader.index;

import dev.facet.base.FacetException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Writes the file that {@link Index} maps: a header, the chunks of all splits as they fill up, and
 * tables that say what lies where. Memory: one chunk per split, and 20 bytes per chunk written.
 */
final class IndexWriter implements AutoCloseable {
  /** More splits than anybody has: some other field was taken for the split. */
  public static final int MOST_SPLITS = 1000;

  static final int ROWS_PER_CHUNK = 256;

  /** As many as somebody reads; further ones are counted. */
  private static final int MOST_NOTES = 20;

  private static final int BYTES_PER_CHUNK = 8 << 20;

  /** So that an open chunk holds few tar files open. */
  private static final int PARTS_PER_CHUNK = 8;

  private final FileChannel channel;
  private final BufferedOutputStream out;
  private final TreeMap<String, Split> splits = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<Integer, List<String>> firstPictures = new HashMap<>();
  private long furtherNotes;
  private long position;

  IndexWriter(Path file) throws IOException {
    channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 18);
    write(new byte[Index.HEADER_BYTES]);
  }

  /** Adds an entry, as {@link EntryFormat} writes it. */
  void add(String split, int part, byte[] from, int offset, int length) throws IOException {
    Split its = splits.get(split);
    if (its == null) {
      if (splits.size() == MOST_SPLITS) {
        throw FacetException.usage(
            String.format(
                Locale.ROOT,
                "there are more than %d splits, '%s' among them: does data.columns.split name the"
                    + " right field?",
                MOST_SPLITS,
                split));
      }
      its = new Split();
      splits.put(split, its);
    }
    boolean newPart = part != its.lastPart;
    if (its.pending > 0
        && (its.pending == ROWS_PER_CHUNK
            || its.entries.size() + (long) length > BYTES_PER_CHUNK
            || (newPart && its.parts == PARTS_PER_CHUNK))) {
      flush(its);
    }
    if (newPart || its.pending == 0) {
      its.parts++;
      its.lastPart = part;
    }
    its.offsets[its.pending++] = its.entries.size();
    its.entries.write(from, offset, length);
    its.rows++;
  }

  /** Sets {@link Index.Part#firstPictures}. */
  void firstPictures(int part, Collection<String> paths) {
    firstPictures.put(part, List.copyOf(paths));
  }

  void note(String note) {
    if (notes.size() < MOST_NOTES) {
      notes.add(note);
    } else {
      furtherNotes++;
    }
  }

  List<String> notes() {
    return notes;
  }

  boolean isEmpty() {
    return splits.isEmpty();
  }

  /** Completes the file. */
  void finish(byte[] fingerprint, List<ListedFile> parts) throws IOException {
    for (Split split : splits.values()) {
      if (split.pending > 0) {
        flush(split);
      }
    }
    if (furtherNotes > 0) {
      notes.add("and " + furtherNotes + " notes more of this kind");
    }
    long tables = position;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream data = new DataOutputStream(bytes)) {
      writeTables(parts, data);
    }
    write(bytes.toByteArray());
    out.flush();
    ByteBuffer header = Index.header(position, tables, crc(bytes.toByteArray()), fingerprint);
    while (header.hasRemaining()) {
      channel.write(header, header.position());
    }
  }

  private void writeTables(List<ListedFile> parts, DataOutputStream data) throws IOException {
    data.writeInt(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      EntryFormat.write(parts.get(i).name(), data);
      write(firstPictures.getOrDefault(i, List.of()), data);
    }
    write(notes, data);
    data.writeInt(splits.size());
    for (var split : splits.entrySet()) {
      EntryFormat.write(split.getKey(), data);
      data.writeLong(split.getValue().rows);
      data.writeInt(split.getValue().chunks);
      split.getValue().table.writeTo(data);
    }
  }

  private static void write(List<String> texts, DataOutputStream data) throws IOException {
    data.writeInt(texts.size());
    for (String text : texts) {
      EntryFormat.write(text, data);
    }
  }

  /** A chunk: where in it each entry begins (int, from the chunk's begin), then the entries. */
  private void flush(Split split) throws IOException {
    ByteBuffer begins = ByteBuffer.allocate(4 * split.pending);
    for (int i = 0; i < split.pending; i++) {
      begins.putInt(begins.capacity() + split.offsets[i]);
    }
    byte[] entries = split.entries.toByteArray();
    DataOutputStream table = new DataOutputStream(split.table);
    table.writeLong(position);
    table.writeInt(begins.capacity() + entries.length);
    table.writeInt(split.pending);
    table.writeInt(crc(begins.array(), entries));
    write(begins.array());
    write(entries);
    split.chunks++;
    split.pending = 0;
    split.parts = 0;
    split.entries.reset();
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
  }

  private static int crc(byte[]... all) {
    CRC32C crc = new CRC32C();
    for (byte[] bytes : all) {
      crc.update(bytes);
    }
    return (int) crc.getValue();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static final class Split {
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private final int[] offsets = new int[ROWS_PER_CHUNK];
    private final ByteArrayOutputStream table = new ByteArrayOutputStream();
    private int pending;
    private int parts;
    private int lastPart = -1;
    private long rows;
    private int chunks;
  }
}
