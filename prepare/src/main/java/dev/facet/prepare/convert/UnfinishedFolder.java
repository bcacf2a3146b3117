package dev.facet.prepare.convert;

import dev.facet.base.FacetException;
import dev.facet.base.FolderLock;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A folder that is being filled, under another name beside the one that it will have. It stays when
 * the process ends, with how far it is, for one that goes on. Held by one process.
 */
final class UnfinishedFolder implements AutoCloseable {
  private static final String STANDING = "standing.json";

  private final Path target;
  private final Path folder;
  private final FolderLock lock;

  private UnfinishedFolder(Path target, Path folder, FolderLock lock) {
    this.target = target;
    this.folder = folder;
    this.lock = lock;
  }

  /** Where a folder is filled. */
  static Path of(Path target) {
    return target.toAbsolutePath().resolveSibling("." + target.getFileName() + ".unfinished");
  }

  /**
   * Takes the one of a folder, which is made where missing.
   *
   * @throws FacetException if another process has it
   */
  static UnfinishedFolder take(Path target) throws IOException {
    Path folder = Files.createDirectories(of(target));
    FolderLock lock =
        FolderLock.take(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock == null) {
      throw FacetException.usage(
          target + " is being made by another process: wait for it, or name another folder");
    }
    return new UnfinishedFolder(target, folder, lock);
  }

  /** How far an earlier process came with the same; what one of something else left goes. */
  Standing standing(String what) throws IOException {
    Path file = folder.resolve(STANDING);
    if (Files.exists(file)) {
      Standing before = Json.read(file, Standing.class);
      // Without content the process before this one was killed behind its last move.
      if (before.what().equals(what) && Files.isDirectory(content())) {
        return before;
      }
      Files.delete(file);
    }
    Staged.delete(content());
    Staged.delete(scratch());
    return Standing.nowhere(what);
  }

  /** Keeps how far it is. */
  void keep(Standing standing) throws IOException {
    Staged.write(folder.resolve(STANDING), Json.LINE.writeValueAsString(standing));
  }

  /** What will be the folder's. */
  Path content() {
    return folder.resolve("content");
  }

  /** What is needed until the content is whole, and is no part of it. */
  Path scratch() {
    return folder.resolve("scratch");
  }

  /** Gives the content its place, which is free or an empty folder. */
  void finish() throws IOException {
    Files.move(content(), target, StandardCopyOption.ATOMIC_MOVE);
    discard();
  }

  /** Removes what is there. */
  void discard() throws IOException {
    Staged.delete(folder);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
