package dev.facet.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other processes, and other threads of this one, out of a folder. The lock is the operating
 * system's: a killed process leaves none.
 */
public final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes a lock; null if somebody has it.
   *
   * @param file that is locked
   * @param options how it is opened; for writing at least
   */
  public static @Nullable FolderLock take(Path file, OpenOption... options) throws IOException {
    FileChannel channel = FileChannel.open(file, options);
    try {
      if (channel.tryLock() != null) {
        return new FolderLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      // held by this process itself
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return null;
  }

  /** Gives it back. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
