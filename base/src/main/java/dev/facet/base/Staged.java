package dev.facet.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A file or directory that appears whole or not at all: written under a temporary name beside its
 * target, forced to disk, then renamed. Closing without {@link #commit} removes what was written.
 *
 * <pre>{@code
 * try (Staged staged = Staged.directory(target)) {
 *   Files.writeString(staged.path().resolve("config.json"), json);
 *   staged.commit();
 * }
 * }</pre>
 */
public final class Staged implements AutoCloseable {
  /** Every temporary name starts with this, so that leftovers of a killed process can be told. */
  public static final String PREFIX = ".tmp-";

  /** What is being written now; an ended process (Ctrl-C) takes it along. */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private static final String OLD = "-old-";
  private static boolean ending;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Staged::abandon, "staged-cleanup"));
  }

  private final Path target;
  private final Path path;
  private boolean committed;

  private Staged(Path target) throws IOException {
    this.target = target;
    Path parent = parent(target);
    Files.createDirectories(parent);
    this.path = parent.resolve(PREFIX + UUID.randomUUID() + "-" + target.getFileName());
    OPEN.add(path);
  }

  /** Stages a file; the caller creates it at {@link #path}. */
  public static Staged file(Path target) throws IOException {
    return new Staged(target);
  }

  /** Stages a directory, which exists and is empty. */
  public static Staged directory(Path target) throws IOException {
    Staged staged = new Staged(target);
    Files.createDirectory(staged.path);
    return staged;
  }

  /** Writes a whole small file. */
  public static void write(Path target, String text) throws IOException {
    try (Staged staged = file(target)) {
      Files.writeString(staged.path, text);
      staged.commit();
    }
  }

  /** Where to write until {@link #commit}. */
  public Path path() {
    return path;
  }

  /**
   * Forces the content to disk and gives it its name. An existing target is replaced: a file in one
   * step, a directory by moving the old one aside first, so that at any moment one of the two is
   * whole.
   */
  public void commit() throws IOException {
    synchronized (OPEN) {
      if (ending) {
        throw new IOException("the process is ending; " + target + " is left as it was");
      }
      rename();
    }
  }

  private void rename() throws IOException {
    boolean directory = Files.isDirectory(path);
    forceAll(path);
    if (directory && Files.exists(target)) {
      Path old = target.resolveSibling(PREFIX + UUID.randomUUID() + OLD + target.getFileName());
      Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
      Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
      delete(old);
    } else {
      Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    committed = true;
    force(parent(target));
  }

  @Override
  public void close() throws IOException {
    if (!committed) {
      delete(path);
    }
    OPEN.remove(path);
  }

  /**
   * Puts a folder in order after a killed process: a directory that was moved aside comes back if
   * its successor did not arrive, everything else unfinished goes.
   */
  public static void recover(Path folder) throws IOException {
    List<Path> leftovers = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, PREFIX + "*")) {
      found.forEach(leftovers::add);
    }
    for (Path leftover : leftovers) {
      String name = leftover.getFileName().toString();
      int old = name.indexOf(OLD);
      Path target = folder.resolve(name.substring(old + OLD.length()));
      if (old > 0 && !Files.exists(target)) {
        Files.move(leftover, target, StandardCopyOption.ATOMIC_MOVE);
      } else {
        delete(leftover);
      }
    }
  }

  /** Removes all that is being written, and lets nothing be committed any more. */
  public static void abandon() {
    synchronized (OPEN) {
      ending = true;
      for (Path each : OPEN) {
        try {
          delete(each);
        } catch (IOException | RuntimeException ignored) {
          // The process is ending; the prefix tells what is left over.
        }
      }
    }
  }

  /** Removes a file or a directory with all in it; a missing one is no error. */
  public static void delete(Path path) throws IOException {
    if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    for (Path each : deepestFirst(path)) {
      Files.deleteIfExists(each);
    }
  }

  /** A file, or a directory and all in it: what a directory holds comes before itself. */
  static List<Path> deepestFirst(Path path) throws IOException {
    try (Stream<Path> tree = Files.walk(path)) {
      return tree.sorted(Comparator.reverseOrder()).toList();
    }
  }

  private static Path parent(Path target) {
    Path parent = target.toAbsolutePath().getParent();
    if (parent == null) {
      throw FacetException.usage("cannot write to " + target + ": it is the root of a file system");
    }
    return parent;
  }

  /** Has a file on disk, or a directory with all in it, before anything is said of it. */
  public static void forceAll(Path path) throws IOException {
    for (Path each : deepestFirst(path)) {
      force(each);
    }
  }

  private static void force(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      // Not every system lets a directory be opened; where it does, the rename itself is made
      // durable.
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (IOException | UnsupportedOperationException e) {
        return;
      }
      return;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
