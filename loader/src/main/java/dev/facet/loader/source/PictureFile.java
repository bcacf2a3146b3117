package dev.facet.loader.source;

import dev.facet.loader.BadSampleException;
import dev.facet.loader.BadSampleException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads picture files into one direct buffer per thread, which grows to the largest picture met.
 * The bytes are valid until the same thread reads its next picture.
 */
final class PictureFile {
  /** Larger than a 100-megapixel JPEG; a thread keeps a buffer of its largest file. */
  static final long MOST_BYTES = 64L << 20;

  private static final ThreadLocal<ByteBuffer> BUFFER =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(1 << 18));

  private PictureFile() {}

  /**
   * The bytes of a picture; a path that leads out of the folder is never touched.
   *
   * @param folder absolute and normalised
   */
  static ByteBuffer read(Path folder, String name) throws IOException, BadSampleException {
    Path path = within(folder, name);
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      if (!file.isRegularFile()) {
        throw new BadSampleException(Reason.MISSING, name + " is not a file");
      }
      if (file.size() > MOST_BYTES) {
        throw new BadSampleException(
            Reason.TOO_LARGE,
            "%s has %d bytes, more than %d".formatted(name, file.size(), MOST_BYTES));
      }
      ByteBuffer buffer = buffer((int) file.size());
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
      }
      return buffer.flip().asReadOnlyBuffer();
    } catch (NoSuchFileException e) {
      throw new BadSampleException(Reason.MISSING, name + " does not exist");
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw new BadSampleException(
          Reason.READ_ERROR, "cannot read " + name + ": " + e.getMessage());
    }
  }

  private static Path within(Path folder, String name) throws BadSampleException {
    Path path;
    try {
      path = folder.resolve(name).normalize();
    } catch (InvalidPathException e) {
      throw new BadSampleException(Reason.MISSING, "'" + name + "' is not a path");
    }
    if (Path.of(name).isAbsolute() || !path.startsWith(folder)) {
      throw new BadSampleException(
          Reason.MISSING, name + " leads out of the data folder and is not read");
    }
    return path;
  }

  private static ByteBuffer buffer(int size) {
    ByteBuffer buffer = BUFFER.get();
    if (buffer.capacity() < size) {
      buffer = ByteBuffer.allocateDirect(Math.max(size, (int) Math.min(2L * size, MOST_BYTES)));
      BUFFER.set(buffer);
    }
    return buffer.clear().limit(size);
  }
}
