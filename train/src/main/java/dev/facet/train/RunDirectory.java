package dev.facet.train;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a run, which one process works in at a time. The lock is the operating system's, so
 * that a killed process takes it along; the file that is locked names the holder.
 *
 * <p>Until {@link #begin}, closing takes back what was made: a start that came to nothing stands in
 * the way of no other.
 */
public final class RunDirectory implements AutoCloseable {
  /** The file that is locked; it goes when the process has done its work. */
  public static final String LOCK = "lock";

  /** What a start writes into the folder before its first step. */
  private static final String FIRST_FILES =
      "{tokenizer.json,tokenizer_config.json,quarantine.jsonl,metrics.jsonl,events.out.tfevents.*}";

  /** Locks belong to the process as a whole; between its threads this tells. */
  private static final Map<Path, Holder> HELD = new ConcurrentHashMap<>();

  /** Behind the text, which others may want to read where a locked part of a file cannot be. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  /** Who works in the folder. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  private record Holder(long pid, String host, String since) {
    static Holder self() {
      return new Holder(
          ProcessHandle.current().pid(),
          hostName(),
          Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static String hostName() {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return "a host without a name";
      }
    }
  }

  /**
   * Who works in a run's folder, as far as its lock file tells.
   *
   * @param name of the process, for people
   * @param seen whether that process was found at work; one of another machine cannot be
   */
  public record Worker(String name, boolean seen) {}

  private final Path dir;
  private final Path key;
  private final FileChannel channel;
  private final Set<Path> before = new HashSet<>();

  /** Folders that were made to hold others, the deepest last. */
  private final List<Path> parents = new ArrayList<>();

  private final List<Path> outside = new ArrayList<>();
  private boolean begun;

  private RunDirectory(Path dir, List<Path> parents, Path key, FileChannel channel)
      throws IOException {
    this.dir = dir;
    this.key = key;
    this.channel = channel;
    this.parents.addAll(parents);
    try (DirectoryStream<Path> there = Files.newDirectoryStream(dir)) {
      there.forEach(before::add);
    }
  }

  /**
   * Takes hold of the folder, which is made where missing.
   *
   * @param note told if the file system has no locks
   * @throws FacetException naming who works there already
   */
  public static RunDirectory take(Path dir, Consumer<String> note) throws IOException {
    List<Path> parents = missing(dir);
    try {
      Files.createDirectories(dir);
    } catch (FileAlreadyExistsException e) {
      throw FacetException.usage(
          "run.dir is %s, but %s is a file: name a folder with --set run.dir=..."
              .formatted(dir, e.getFile()));
    }
    Path key = dir.toRealPath();
    Holder self = Holder.self();
    Holder other = HELD.putIfAbsent(key, self);
    if (other != null) {
      throw inUse(dir, other);
    }
    try {
      return new RunDirectory(dir, parents, key, lock(dir, self, note));
    } catch (Throwable e) {
      HELD.remove(key);
      removeEmpty(parents);
      throw e;
    }
  }

  /**
   * Told that the run is one: from now on everything stays.
   *
   * @return whether it was not one before
   */
  public boolean begin() {
    boolean first = !begun;
    begun = true;
    return first;
  }

  /** Whether {@link #begin} was called. */
  public boolean begun() {
    return begun;
  }

  /** Has something outside of the folder taken back too, which is about to be made. */
  public void willMake(Path path) {
    List<Path> folders = missing(path);
    if (!folders.isEmpty()) {
      outside.add(path);
      parents.addAll(folders.subList(0, folders.size() - 1));
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      if (!begun) {
        takeBack();
      }
      // While it is still held: whoever opens it from now on finds that it is another file.
      Files.deleteIfExists(dir.resolve(LOCK));
      if (!begun) {
        removeEmpty(parents);
      }
    } finally {
      HELD.remove(key);
    }
  }

  private void takeBack() throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(dir, FIRST_FILES)) {
      for (Path each : found) {
        if (!before.contains(each)) {
          Files.delete(each);
        }
      }
    }
    for (Path each : outside) {
      Staged.delete(each);
    }
  }

  private static FileChannel lock(Path dir, Holder self, Consumer<String> note) throws IOException {
    Path file = dir.resolve(LOCK);
    while (true) {
      try {
        Files.createFile(file);
      } catch (FileAlreadyExistsException e) {
        // That of another process, which holds it or was killed.
      }
      FileChannel locked = tryLock(dir, file, note);
      if (locked != null) {
        locked.truncate(0);
        locked.write(ByteBuffer.wrap(Json.LINE.writeValueAsBytes(self)));
        return locked;
      }
    }
  }

  /**
   * Who works in a folder now; null where nobody does, a killed process' file left behind or not.
   * The file is only read: trying its lock would keep a run out that starts at that moment.
   */
  public static @Nullable Worker worker(Path dir) throws IOException {
    Holder holder = holder(dir.resolve(LOCK));
    if (holder == null) {
      return null;
    }
    String name =
        String.format(
            Locale.ROOT, "process %d on %s, since %s", holder.pid(), holder.host(), holder.since());
    if (!holder.host().equals(Holder.hostName())) {
      return new Worker(name, false);
    }
    // A later process may have got the number of one that was killed.
    Instant since = Instant.parse(holder.since()).plusSeconds(1);
    boolean alive =
        ProcessHandle.of(holder.pid())
            .map(ProcessHandle::info)
            .filter(info -> info.startInstant().map(since::isAfter).orElse(true))
            .isPresent();
    return alive ? new Worker(name, true) : null;
  }

  /** Opens and locks the file; null if it has gone meanwhile. */
  private static @Nullable FileChannel tryLock(Path dir, Path file, Consumer<String> note)
      throws IOException {
    FileChannel channel = null;
    boolean locked = false;
    try {
      Object identity = identity(file);
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
      if (!isFree(channel, dir, note)) {
        throw inUse(dir, holder(file));
      }
      // Its holder before may have removed it since it was opened: that lock would bind nobody.
      locked = Objects.equals(identity, identity(file));
      return locked ? channel : null;
    } catch (NoSuchFileException e) {
      return null;
    } finally {
      if (channel != null && !locked) {
        channel.close();
      }
    }
  }

  /** Locks the file unless another process has. */
  private static boolean isFree(FileChannel channel, Path dir, Consumer<String> note) {
    try {
      // Held until the channel is closed.
      return channel.tryLock(LOCKED_BYTE, 1, false) != null;
    } catch (IOException e) {
      note.accept(
          "the file system of %s has no locks (%s), so nothing keeps a second process out of it"
              .formatted(dir, e.getMessage()));
      return true;
    }
  }

  /** What tells a file from another of the same name; null where the file system has no such. */
  private static @Nullable Object identity(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static @Nullable Holder holder(Path file) throws IOException {
    try {
      return Json.read(file, Holder.class);
    } catch (NoSuchFileException | FacetException e) {
      // It is just coming or going.
      return null;
    }
  }

  private static FacetException inUse(Path dir, @Nullable Holder holder) {
    return FacetException.usage(
        holder == null
            ? dir + " is in use by another process: wait for it to end"
            : String.format(
                Locale.ROOT,
                "%s is in use by process %d on %s, since %s: wait for it to end or stop it, or"
                    + " start another run with --set run.dir=...",
                dir,
                holder.pid(),
                holder.host(),
                holder.since()));
  }

  /** The path and the folders above it that are not there, the deepest last. */
  private static List<Path> missing(Path path) {
    List<Path> missing = new ArrayList<>();
    for (Path each = path.toAbsolutePath(); each != null && !Files.exists(each); ) {
      missing.addFirst(each);
      each = each.getParent();
    }
    return missing;
  }

  private static void removeEmpty(List<Path> folders) throws IOException {
    for (Path folder : folders.reversed()) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException e) {
        // Somebody uses it.
      }
    }
  }
}
