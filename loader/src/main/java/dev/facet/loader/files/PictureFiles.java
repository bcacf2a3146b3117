package dev.facet.loader.files;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.storage.StorageException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads whole picture files below a folder. Opening a file through the JDK costs 1 to 2 KB of heap
 * each; the system's own calls cost none.
 */
public interface PictureFiles {
  /**
   * Reads the file at {@code path} (UTF-8 bytes that {@linkplain PicturePath#staysInside stay
   * inside} the folder).
   *
   * @return its length
   * @throws BadSampleException if it is missing, no file, too large or may not be read
   * @throws StorageException if no file can be read, or not now
   */
  int read(MemorySegment from, long path, int length, PictureBuffer into)
      throws IOException, BadSampleException;

  /** The fastest way that this machine has. */
  static PictureFiles below(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    return SystemFiles.isAvailableFor(root)
        ? new SystemFiles(root, SystemCalls.FILES)
        : new ChannelFiles(root);
  }

  /** As a message names it. */
  static String name(MemorySegment from, long path, int length) {
    byte[] bytes = new byte[length];
    MemorySegment.copy(from, ValueLayout.JAVA_BYTE, path, bytes, 0, length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static BadSampleException missing(String name, String why) {
    return new BadSampleException(Reason.MISSING, name + " " + why);
  }

  static BadSampleException unreadable(String name, String why) {
    return new BadSampleException(Reason.READ_ERROR, "cannot read " + name + ": " + why);
  }
}
