package dev.facet.loader.files;

import dev.facet.loader.storage.Anchor;
import dev.facet.loader.storage.StorageException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The folders that pictures were read from, as far as a table of fixed size remembers them: each is
 * a hash, in a place that another may take. What is said to be seen was seen. Thread-safe.
 */
final class SeenFolders {
  private static final int PLACES = 1 << 12;

  private final AtomicLongArray table = new AtomicLongArray(PLACES);

  /** Remembers the folder of a path in UTF-8. */
  void add(MemorySegment from, long path, int length) {
    long folder = hash(from, path, length);
    int place = (int) folder & (PLACES - 1);
    if (table.getOpaque(place) != folder) {
      table.setOpaque(place, folder);
    }
  }

  /**
   * Called where the file of an absolute path was not found, or may not be read.
   *
   * @throws StorageException if that is so of its root, or of a folder that pictures came from
   */
  void hold(Anchor anchor, MemorySegment full, int length) throws StorageException {
    long folder = hash(full, 0, length);
    if (table.getOpaque((int) folder & (PLACES - 1)) == folder) {
      anchor.hold(Path.of(PictureFiles.name(full, 0, length)));
    } else {
      anchor.hold();
    }
  }

  /** FNV-1a of the path up to its last slash; never 0, which stands for nothing. */
  private static long hash(MemorySegment from, long path, int length) {
    int end = length;
    while (end > 0 && from.get(ValueLayout.JAVA_BYTE, path + end - 1) != '/') {
      end--;
    }
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < end; i++) {
      hash = (hash ^ from.get(ValueLayout.JAVA_BYTE, path + i)) * 0x100000001b3L;
    }
    hash ^= hash >>> 32; // so that all of it counts in the place
    return hash == 0 ? 1 : hash;
  }
}
