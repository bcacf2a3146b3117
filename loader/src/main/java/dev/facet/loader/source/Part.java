package dev.facet.loader.source;

import dev.facet.base.FacetException;
import dev.facet.loader.shard.SplitName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
record Part(Path path, String name, String split, long size, long stamp) {

  /** A file as it lies there now. */
  static Part of(Path root, Path path) {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      Path folder = Files.isDirectory(root) ? root : parent(root);
      String name = folder.relativize(path).toString().replace('\\', '/');
      return new Part(path, name, SplitName.of(name), now.size(), stamp(now));
    } catch (IOException e) {
      throw FacetException.run("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  Part withSplit(String other) {
    return new Part(path, name, other, size, stamp);
  }

  /**
   * Refuses a file that is not the one that was scanned.
   *
   * @throws IOException with the cure
   */
  void refuseChanged() throws IOException {
    BasicFileAttributes now;
    try {
      now = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (IOException e) {
      throw new IOException(path + " is gone: put it back, or start again without it", e);
    }
    if (now.size() != size || stamp(now) != stamp) {
      throw new IOException(
          "%s was changed while it was in use (%d bytes, was %d): start again to have it indexed anew"
              .formatted(path, now.size(), size));
    }
  }

  static long stamp(BasicFileAttributes attributes) {
    return attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
  }

  static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent != null ? parent : file.toAbsolutePath();
  }
}
