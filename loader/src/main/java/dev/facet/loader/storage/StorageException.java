package dev.facet.loader.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The machine does not give the bytes of a file, which may be sound: too many files are open, the
 * disk fails, the network folder is gone, memory has run out. No row may be given up for that;
 * whoever reads waits a little and tries again ({@link Patience}), and in the end stops. The
 * message has the cure.
 */
public final class StorageException extends IOException {
  private static final long serialVersionUID = 1L;

  StorageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** A call of the system failed, with a number that no file is to blame for. */
  public static StorageException of(String file, int number) {
    SystemError known = SystemError.of(number);
    return new StorageException(
        message(
            file,
            known != null ? known.described() : SystemError.described("system error " + number)),
        null);
  }

  /** There is no memory for what was read; there may be some when other threads are done. */
  public static StorageException ofMemory(String what, OutOfMemoryError cause) {
    return new StorageException(
        ("no memory is left to decode %s (%s): give Java more with -Xmx, or lower data.threads,"
                + " data.window_bytes or data.max_pixels")
            .formatted(what, cause.getMessage()),
        cause);
  }

  /** Mapped memory whose file cannot be read any more. */
  public static StorageException ofMap(Path file, InternalError cause) {
    return new StorageException(
        message(file.toString(), SystemError.described("its mapped memory is gone")), cause);
  }

  /**
   * What an exception of the JDK, from opening or reading a file, says of the machine.
   *
   * @return null where the file itself is to blame, or the thread was told to stop
   */
  public static @Nullable StorageException of(Path file, IOException failure) {
    String words = words(failure);
    SystemError known = SystemError.of(words);
    return switch (failure) {
      case StorageException already -> already;
      case NoSuchFileException _, AccessDeniedException _, NotDirectoryException _ -> null;
      case EOFException _, ClosedChannelException _ -> null;
      default ->
          known != null && known.isOfFile()
              ? null
              : new StorageException(
                  message(
                      file.toString(),
                      known != null ? known.described() : SystemError.described(words)),
                  failure);
    };
  }

  private static String words(IOException failure) {
    // The whole message of these names the file once more.
    String reason = failure instanceof FileSystemException system ? system.getReason() : null;
    return reason != null ? reason : String.valueOf(failure.getMessage());
  }

  private static String message(String file, String why) {
    return file + " cannot be read: " + why;
  }
}
