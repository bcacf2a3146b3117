package dev.facet.loader.files;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.storage.Anchor;
import dev.facet.loader.storage.StorageException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folders that a data set's pictures may lie in, at any depth. Nobody who wrote a list can be
 * trusted to stay within them, and an index file may have come along with the data: so it is asked
 * at every read. Links are followed, for the user made them.
 */
final class PictureRoots {
  /** Room for the path of the file a thread is opening. */
  private static final ThreadLocal<MemorySegment> PATH =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(PictureFolder.LONGEST + 1));

  private record Root(PictureFolder folder, Anchor anchor) {}

  /** The deepest first: it is the one that knows most of what lies in it. */
  private final List<Root> roots = new ArrayList<>();

  private final SeenFolders seen = new SeenFolders();

  PictureRoots(List<Path> folders) {
    for (Path folder : folders) {
      add(folder.toAbsolutePath().normalize());
      try {
        add(folder.toRealPath()); // a list may name the folder that a link leads to
      } catch (IOException e) {
        // It is not there, as the anchor will tell.
      }
    }
    roots.sort(Comparator.comparingInt((Root root) -> root.folder.length()).reversed());
  }

  private void add(Path folder) {
    if (roots.stream().noneMatch(root -> root.folder.path().equals(folder))) {
      roots.add(new Root(PictureFolder.of(folder), Anchor.at(folder)));
    }
  }

  List<Path> folders() {
    return roots.stream().map(root -> root.folder.path()).toList();
  }

  /** Where {@link #resolve} puts a path: the thread's own memory, good until its next path. */
  static MemorySegment path() {
    return PATH.get();
  }

  /**
   * Puts the absolute path of a picture into {@link #path()}.
   *
   * @return its length
   * @throws BadSampleException if it is no path, or leads out of these folders
   */
  int resolve(PictureFolder start, MemorySegment from, long path, int length)
      throws BadSampleException {
    MemorySegment full = path();
    int end = start.resolve(from, path, length, full);
    if (holder(full, end) == null) {
      throw new BadSampleException(
          Reason.OUTSIDE,
          ("%s is outside of %s and is not read: let data.image_root name a folder that holds all"
                  + " pictures")
              .formatted(
                  PictureFiles.name(full, 0, end),
                  String.join(" and ", folders().stream().map(Path::toString).toList())));
    }
    return end;
  }

  /** Remembers that the file at {@link #path()} was read. */
  void saw(int length) {
    seen.add(path(), 0, length);
  }

  /**
   * Called where the file at {@link #path()} was not found, or may not be read.
   *
   * @throws StorageException if that is so of its root, or of a folder that pictures came from
   */
  void hold(int length) throws StorageException {
    Root root = holder(path(), length);
    if (root != null) {
      seen.hold(root.anchor, path(), length);
    }
  }

  private @Nullable Root holder(MemorySegment full, int length) {
    for (int i = 0; i < roots.size(); i++) { // no iterator: this is done for every picture
      if (roots.get(i).folder.holds(full, length)) {
        return roots.get(i);
      }
    }
    return null;
  }
}
