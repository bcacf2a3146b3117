package dev.facet.loader.index;

import dev.facet.base.FacetException;
import dev.facet.loader.data.SplitName;
import dev.facet.loader.storage.Anchor;
import dev.facet.loader.storage.StorageException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One file of a list (or one folder of pictures), which is scanned in one go. An index holds as
 * long as all of this stays the same.
 *
 * @param name of the file, relative to the data set's root
 * @param split of entries that do not name one
 * @param size in bytes
 * @param stamp time of the last change, in nanoseconds
 */
public record ListedFile(Path path, String name, String split, long size, long stamp) {

  /** A file as it lies there now. */
  public static ListedFile of(Path root, Path path) {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      Path folder = Files.isDirectory(root) ? root : parent(root);
      String name = folder.relativize(path).toString().replace('\\', '/');
      return new ListedFile(path, name, SplitName.of(name), now.size(), stamp(now));
    } catch (IOException e) {
      throw FacetException.run("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  public ListedFile withSplit(String other) {
    return new ListedFile(path, name, other, size, stamp);
  }

  /**
   * Opens the file for reading, if it still is the one that was scanned.
   *
   * @param anchor of the folder that it is in
   * @throws IOException with the cure
   * @throws StorageException if it is not the file's fault that it cannot be opened
   */
  FileChannel open(Anchor anchor) throws IOException {
    BasicFileAttributes now;
    FileChannel channel;
    try {
      now = Files.readAttributes(path, BasicFileAttributes.class);
      channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      StorageException storage = StorageException.of(path, e);
      if (storage != null) {
        throw storage;
      }
      anchor.hold(path);
      throw new IOException(
          e instanceof NoSuchFileException
              ? path + " is gone: put it back, or start again without it"
              : path + " cannot be opened: " + e.getMessage(),
          e);
    }
    if (now.size() == size && stamp(now) == stamp) {
      return channel;
    }
    channel.close();
    throw new IOException(
        String.format(
            Locale.ROOT,
            "%s was changed while it was in use (%d bytes, was %d): start again to have it indexed"
                + " anew",
            path,
            now.size(),
            size));
  }

  public static long stamp(BasicFileAttributes attributes) {
    return attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
  }

  public static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent != null ? parent : file.toAbsolutePath();
  }
}
