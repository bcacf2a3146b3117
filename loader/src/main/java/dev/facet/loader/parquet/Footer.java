package dev.facet.loader.parquet;

import dev.facet.base.GitLfs;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * The end of a Parquet file, which says where everything else lies (parquet.thrift, {@code
 * FileMetaData}). Held only until the few numbers that reading needs are taken from it.
 */
public final class Footer {
  private static final int MAGIC = 0x31524150; // "PAR1", little-endian
  private static final int MAGIC_ENCRYPTED = 0x45524150; // "PARE"
  private static final int BEGIN = 64; // what tells whether it is another file
  private static final int TAIL = 8; // length of the footer, then the magic again

  private final MemorySegment bytes;
  private final long fileLength;
  private final Schema schema;

  private Footer(MemorySegment bytes, long fileLength) throws IOException {
    this.bytes = bytes;
    this.fileLength = fileLength;
    ThriftReader in = reader();
    Schema found = null;
    boolean groups = false;
    in.enter();
    while (in.next()) {
      switch (in.id()) {
        case 2 -> found = SchemaReader.read(in);
        case 4 -> {
          groups = true;
          in.skip();
        }
        case 8 -> throw encrypted();
        default -> in.skip();
      }
    }
    if (found == null || !groups) {
      throw new IOException("it has no schema or no list of row groups");
    }
    schema = found;
  }

  /**
   * Reads the footer of a file, whose path a message may name.
   *
   * @throws IOException saying what is wrong, in a sentence that goes on from the file's name
   */
  public static Footer read(Path path, FileChannel channel) throws IOException {
    long length = channel.size();
    if (length < Integer.BYTES + TAIL) {
      throw new IOException("is only " + length + " bytes long");
    }
    ByteBuffer head = read(path, channel, 0, Integer.BYTES);
    if (head.getInt(0) == MAGIC_ENCRYPTED) {
      throw encrypted();
    }
    if (head.getInt(0) != MAGIC) {
      if (GitLfs.isPointer(read(path, channel, 0, (int) Math.min(length, BEGIN)).array())) {
        throw new UnsupportedOperationException(GitLfs.CURE);
      }
      if (head.get(0) == '<') {
        throw new IOException("is a page of HTML or XML, not a Parquet file");
      }
      throw new IOException("is not a Parquet file (it does not start with PAR1)");
    }
    ByteBuffer tail = read(path, channel, length - TAIL, TAIL);
    if (tail.getInt(Integer.BYTES) != MAGIC) {
      throw new IOException(
          "was cut short after " + length + " bytes (it does not end with a footer and PAR1)");
    }
    int size = tail.getInt(0);
    if (size <= 0 || size > length - TAIL - Integer.BYTES) {
      throw new IOException("has a footer of impossible length " + size);
    }
    byte[] footer = read(path, channel, length - TAIL - size, size).array();
    try {
      return new Footer(MemorySegment.ofArray(footer), length);
    } catch (IOException e) {
      throw new IOException("has a broken footer (" + e.getMessage() + ")", e);
    }
  }

  public Schema schema() {
    return schema;
  }

  /**
   * Where some columns lie in each row group.
   *
   * @param rowColumns so many of them, the first ones, are held in memory together
   * @param split number of the one whose statistics tell the split of a group; -1 for none
   */
  public RowGroups rowGroups(List<Schema.Leaf> wanted, int rowColumns, int split)
      throws IOException {
    ThriftReader in = reader();
    in.enter();
    while (in.next() && in.id() != 4) {
      in.skip();
    }
    return RowGroups.read(in, schema.leaves().size(), wanted, rowColumns, split, fileLength);
  }

  private ThriftReader reader() {
    ThriftReader in = new ThriftReader();
    in.at(bytes, 0, bytes.byteSize());
    return in;
  }

  private static UnsupportedOperationException encrypted() {
    return new UnsupportedOperationException("is encrypted: write it again without encryption");
  }

  private static ByteBuffer read(Path path, FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (UnreadableException.read(path, channel, bytes, position + bytes.position()) < 0) {
        throw new EOFException("ends while it is read");
      }
    }
    return bytes;
  }
}
