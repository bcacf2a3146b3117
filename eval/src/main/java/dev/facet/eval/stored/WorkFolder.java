package dev.facet.eval.stored;

import dev.facet.base.FacetException;
import dev.facet.base.Staged;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Where an evaluation keeps what it needs again if it is ended: one process at a time, and gone
 * when it is done.
 */
public final class WorkFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel lock;
  private boolean done;

  private WorkFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes a folder, or goes on with it.
   *
   * @throws FacetException if another process is at work there, or it holds something else
   */
  public static WorkFolder open(Path path) throws IOException {
    Path mark = path.resolve("lock");
    if (Files.isDirectory(path) && !Files.exists(mark) && !isEmpty(path)) {
      throw FacetException.usage(
          path + " holds something else: name an empty or a new folder with --work");
    }
    Files.createDirectories(path);
    FileChannel lock = FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (taken(lock) == null) {
      lock.close();
      throw FacetException.usage(
          "another evaluation is at work in "
              + path
              + ": wait for it, or name another folder with --work");
    }
    return new WorkFolder(path, lock);
  }

  private static @Nullable FileLock taken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
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
