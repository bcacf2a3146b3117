package dev.facet.prepare;

import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import dev.facet.prepare.whole.Counts;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The folder that shards are made in, held by one process. What is under way, and what a later run
 * has to know, lies in {@code .prepare} there.
 */
final class OutFolder implements AutoCloseable {
  private static final String STATE = ".prepare";
  private static final String SETTINGS = "settings.yaml";

  /**
   * What is finished.
   *
   * @param plans how many of the plans have become shards
   * @param takenDown entries of the take-down lists that were given so far
   * @param counts of all that is finished; null if nothing is
   */
  record State(int plans, List<String> takenDown, @Nullable Counts counts) {
    static final State NOTHING = new State(0, List.of(), null);
  }

  private final Path out;
  private final FileChannel channel;

  private OutFolder(Path out, FileChannel channel) {
    this.out = out;
    this.channel = channel;
  }

  /** The settings that shards are made with at a path; null if none are yet. */
  static @Nullable Path settings(Path out) {
    Path file = out.resolve(STATE).resolve(SETTINGS);
    return Files.exists(file) ? file : null;
  }

  /**
   * Takes a folder that is new, empty, or was begun before.
   *
   * @throws FacetException if it is something else, or another process has it
   */
  static OutFolder take(Path out) throws IOException {
    Path state = out.resolve(STATE);
    if (Files.exists(out) && !Files.isDirectory(state) && !isEmpty(out)) {
      throw FacetException.usage(
          "the output folder " + out + " exists already: delete it or name another one");
    }
    Files.createDirectories(state);
    FileChannel channel =
        FileChannel.open(
            state.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        Staged.recover(out);
        return new OutFolder(out, channel);
      }
    } catch (OverlappingFileLockException e) {
      // held by this process itself
    }
    channel.close();
    throw FacetException.usage(
        out + " is being made by another process: wait for it, or name another --out");
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
      return !content.iterator().hasNext();
    }
  }

  /** Where the shards go. */
  Path path() {
    return out;
  }

  /** Where plans lie. */
  Path plans() throws IOException {
    return Files.createDirectories(stateFolder().resolve("plans"));
  }

  /** Where parts lie. */
  Path parts() throws IOException {
    return Files.createDirectories(stateFolder().resolve("parts"));
  }

  Path stateFolder() {
    return out.resolve(STATE);
  }

  /** The photos of what is finished. */
  Path photos(State state) {
    return stateFolder().resolve(String.format(Locale.ROOT, "photos-%03d.bin", state.plans()));
  }

  void keepSettings(String yaml) throws IOException {
    if (settings(out) == null) {
      Staged.write(stateFolder().resolve(SETTINGS), yaml);
    }
  }

  State state() throws IOException {
    Path file = stateFile();
    return Files.exists(file) ? Json.read(file, State.class, 1L << 30) : State.NOTHING;
  }

  void keep(State state) throws IOException {
    Staged.write(stateFile(), Json.PRETTY.writeValueAsString(state));
  }

  private Path stateFile() {
    return stateFolder().resolve("state.json");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
