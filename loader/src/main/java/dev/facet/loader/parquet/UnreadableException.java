package dev.facet.loader.parquet;

import dev.facet.loader.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * The system refuses this one file, which may be sound: nobody should be told to delete it. The
 * message goes on from the name of the file.
 */
public final class UnreadableException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnreadableException(IOException cause) {
    super("cannot be read: %s; check its permissions".formatted(reason(cause)), cause);
  }

  /** Reads from a place in a file, whose path a message may name. */
  public static int read(Path path, FileChannel channel, ByteBuffer bytes, long position)
      throws IOException {
    try {
      return channel.read(bytes, position);
    } catch (ClosedByInterruptException e) {
      throw e; // the reader was told to stop
    } catch (IOException e) {
      StorageException storage = StorageException.of(path, e);
      throw storage != null ? storage : new UnreadableException(e);
    }
  }

  private static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    // The whole message of these names the file once more.
    String reason = cause instanceof FileSystemException system ? system.getReason() : null;
    return reason != null ? reason : String.valueOf(cause.getMessage());
  }
}
