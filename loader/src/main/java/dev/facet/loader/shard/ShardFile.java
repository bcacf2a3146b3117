package dev.facet.loader.shard;

import dev.facet.base.FacetException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.MessageType;

/**
 * One Parquet file whose footer has been read.
 *
 * @param groupRows rows in each row group
 */
record ShardFile(Path path, MessageType schema, List<Integer> groupRows) {
  private static final int MAGIC = 0x31524150; // "PAR1", little-endian
  private static final int TAIL = 8; // length of the footer, then the magic again

  private static final String CURE = ": delete it and make or copy it again";

  /** Reads the footer, or says what is wrong with the file. */
  static ShardFile open(Path path, BufferPool buffers) {
    try {
      check(path);
    } catch (NoSuchFileException e) {
      throw FacetException.run("shard " + path + " is missing: copy or make it again", e);
    } catch (IOException e) {
      throw FacetException.run("cannot read shard " + path + ": " + e.getMessage(), e);
    }
    try (ParquetFileReader reader = reader(path, buffers)) {
      List<Integer> rows =
          reader.getRowGroups().stream()
              .map(BlockMetaData::getRowCount)
              .map(Math::toIntExact)
              .toList();
      return new ShardFile(path, reader.getFileMetaData().getSchema(), rows);
    } catch (IOException | RuntimeException e) {
      // Parquet reports garbage in a footer by whatever exception it happens to run into.
      throw FacetException.run("shard " + path + " has a broken footer (" + e + ")" + CURE, e);
    }
  }

  /** A reader of this file, to be used by one thread and closed. */
  ParquetFileReader reader(BufferPool buffers) throws IOException {
    return reader(path, buffers);
  }

  private static ParquetFileReader reader(Path path, BufferPool buffers) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new Codecs())
            .withAllocator(buffers)
            // One buffer per read: a value that straddled two would be copied.
            .withMaxAllocationInBytes(Integer.MAX_VALUE - (1 << 20))
            .withPageChecksumVerification(true)
            .build();
    return ParquetFileReader.open(new ChannelInputFile(path), options);
  }

  /** Parquet starts and ends with its magic; a file that was cut short lacks the second. */
  private static void check(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < Integer.BYTES + TAIL) {
        throw broken(path, "is only " + size + " bytes long");
      }
      if (read(channel, 0, Integer.BYTES).getInt(0) != MAGIC) {
        throw broken(path, "is not a Parquet file (it does not start with PAR1)");
      }
      ByteBuffer tail = read(channel, size - TAIL, TAIL);
      if (tail.getInt(Integer.BYTES) != MAGIC) {
        throw broken(
            path,
            "was cut short after " + size + " bytes (it does not end with a footer and PAR1)");
      }
      int footer = tail.getInt(0);
      if (footer <= 0 || footer > size - TAIL - Integer.BYTES) {
        throw broken(path, "has a footer of impossible length " + footer);
      }
    }
  }

  private static ByteBuffer read(FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {}
    return bytes;
  }

  private static FacetException broken(Path path, String how) {
    return FacetException.run("shard " + path + " " + how + CURE);
  }
}
