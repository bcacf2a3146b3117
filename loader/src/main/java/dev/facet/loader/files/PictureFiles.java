package dev.facet.loader.files;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.storage.StorageException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads whole picture files below some folders. Opening a file through the JDK costs 1 to 2 KB of
 * heap each; the system's own calls cost none.
 */
public interface PictureFiles {
  /**
   * Reads the file at {@code path} (UTF-8).
   *
   * @param start where the path starts, if it is not absolute
   * @return its length
   * @throws BadSampleException if it is outside the folders, missing, no file, too large or may not
   *     be read
   * @throws StorageException if no file can be read, or not now
   */
  int read(PictureFolder start, MemorySegment from, long path, int length, PictureBuffer into)
      throws IOException, BadSampleException;

  /** The fastest way that this machine has; files outside all of the folders are not read. */
  static PictureFiles below(List<Path> folders) {
    PictureRoots roots = new PictureRoots(folders);
    return SystemFiles.isAvailableFor(roots)
        ? new SystemFiles(roots, SystemCalls.FILES)
        : new ChannelFiles(roots);
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
