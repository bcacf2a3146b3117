package dev.facet.loader.storage;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A folder that data is read from. Where a file in it is not found, this tells whether the file is
 * missing or all of the folder: a disk that is unmounted leaves an empty folder of another device,
 * and every picture would pass for a missing one.
 */
public final class Anchor {
  private final Path folder;
  private final @Nullable Object device;
  private final boolean empty;

  private Anchor(Path folder) {
    this.folder = folder;
    this.device = device(folder);
    this.empty = isEmpty(folder);
  }

  /** A folder as it is now. */
  public static Anchor at(Path folder) {
    return new Anchor(folder);
  }

  /** The folder itself, or the one that a file is in. */
  public static Anchor around(Path root) {
    Path absolute = root.toAbsolutePath();
    Path parent = absolute.getParent();
    return at(Files.isDirectory(absolute) || parent == null ? absolute : parent);
  }

  /**
   * Called where a file below was not found, or may not be read.
   *
   * @throws StorageException if that is so of the whole folder
   */
  public void hold() throws StorageException {
    if (!Files.isDirectory(folder)) {
      throw gone("is not there any more");
    }
    if (device != null && !device.equals(device(folder))) {
      throw gone("is on another disk now");
    }
    if (!Files.isExecutable(folder)) {
      throw gone("may not be entered any more");
    }
    if (!empty && isEmpty(folder)) {
      throw gone("is empty now");
    }
  }

  /**
   * As {@link #hold()}, where a file is not found that lay in a folder below: that may be a disk of
   * its own, or a link to one.
   *
   * @param file in a folder that is known to have held files
   */
  public void hold(Path file) throws StorageException {
    hold();
    Path below = file.toAbsolutePath().getParent();
    if (below == null) {
      return;
    }
    if (!Files.isDirectory(below)) {
      throw gone(below, "is not there any more");
    }
    if (isEmpty(below)) {
      throw gone(below, "is empty now");
    }
  }

  private StorageException gone(String how) {
    return gone(folder, how);
  }

  private static StorageException gone(Path folder, String how) {
    return new StorageException(
        "the folder %s, which the data is read from, %s: mount it or put it back"
            .formatted(folder, how),
        null);
  }

  /** Number of the disk; null where the system has none. Unlike other numbers it stays the same. */
  private static @Nullable Object device(Path folder) {
    try {
      return Files.getAttribute(folder, "unix:dev");
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isEmpty(Path folder) {
    try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
      return !content.iterator().hasNext();
    } catch (IOException e) {
      return false; // it may be entered, but not listed
    }
  }
}
