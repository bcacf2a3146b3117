package dev.facet.eval.stored;

import dev.facet.base.FacetException;
import dev.facet.base.FolderLock;
import dev.facet.base.Staged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where an evaluation keeps what it needs again if it is ended: one process at a time, and gone
 * when it is done.
 */
public final class WorkFolder implements AutoCloseable {
  /**
   * What no other program's folder has, as this one is deleted whole. The first by name, it goes
   * last.
   */
  private static final String MARK = ".facet-eval";

  private final Path path;
  private final FolderLock lock;
  private boolean done;

  private WorkFolder(Path path, FolderLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes a folder, or goes on with it.
   *
   * @throws FacetException if another process is at work there, or it holds something else
   */
  public static WorkFolder open(Path path) throws IOException {
    Path mark = path.resolve(MARK);
    if (Files.isDirectory(path) && !Files.exists(mark) && !isEmpty(path)) {
      throw FacetException.usage(
          path + " holds something else: name an empty or a new folder with --work");
    }
    Files.createDirectories(path);
    FolderLock lock = FolderLock.take(mark, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock == null) {
      throw FacetException.usage(
          "another evaluation is at work in "
              + path
              + ": wait for it, or name another folder with --work");
    }
    return new WorkFolder(path, lock);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** Says that nothing of it is needed again. */
  public void done() {
    done = true;
  }

  @Override
  public void close() throws IOException {
    if (done) {
      Staged.delete(path);
    }
    lock.close();
  }
}
