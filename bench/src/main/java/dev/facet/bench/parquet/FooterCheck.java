package dev.facet.bench.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What can be checked around a library, without reading pages: the length of the footer before the
 * library sees the file, and then what the footer promises, held against the file.
 */
final class FooterCheck {
  /** More rows or values than this are no row group of pictures. */
  private static final long MOST_VALUES = 1 << 22;

  private FooterCheck() {}

  /** Whether a file's end says that it is Parquet, with a footer that lies in it. */
  static void beforeOpening(Path file) throws IOException {
    long length = Files.size(file);
    require(length >= 12, "is too short");
    ByteBuffer end = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (end.hasRemaining() && channel.read(end, length - 8 + end.position()) >= 0) {}
    }
    require(end.getInt(4) == 0x31524150, "does not end like Parquet");
    require(end.getInt(0) > 0 && end.getInt(0) <= length - 12, "has a footer longer than itself");
  }

  /** Whether what the row groups promise can lie in the file. */
  static void groups(List<LibraryFile.Group> groups, long fileLength) throws IOException {
    for (LibraryFile.Group group : groups) {
      require(group.rows() >= 0 && group.rows() <= MOST_VALUES, "has a group of too many rows");
      for (LibraryFile.Chunk chunk : group.columns()) {
        boolean inside =
            chunk.start() >= 4
                && chunk.length() >= 0
                && chunk.length() <= fileLength - chunk.start();
        require(inside, "has a column that lies outside");
        require(
            chunk.flat() ? chunk.values() == group.rows() : chunk.values() >= group.rows(),
            "has a column of too few values");
        require(chunk.values() <= MOST_VALUES, "has a column of too many values");
      }
    }
  }

  private static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException("the file " + otherwise);
    }
  }
}
