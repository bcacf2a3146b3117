package dev.facet.prepare;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.FolderLock;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import dev.facet.loader.shard.Manifest;
import dev.facet.prepare.whole.Counts;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
  private final FolderLock lock;

  private final boolean changed;

  private OutFolder(Path out, FolderLock lock, boolean changed) {
    this.out = out;
    this.lock = lock;
    this.changed = changed;
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
    return take(out, FolderLock.take(state.resolve("lock"), CREATE, WRITE));
  }

  /**
   * Takes a folder of finished shards, by whatever they were made.
   *
   * @throws FacetException if it is none, or another process has it
   */
  static OutFolder takeShards(Path folder) throws IOException {
    if (!Files.exists(folder.resolve(Manifest.NAME))) {
      throw FacetException.usage(
          "there are no shards in "
              + folder
              + ": it has no manifest.json; name a folder that facet prepare or facet synth made");
    }
    return Files.isDirectory(folder.resolve(STATE))
        ? take(folder)
        : take(folder, FolderLock.take(folder.resolve(".lock"), CREATE, WRITE, DELETE_ON_CLOSE));
  }

  private static OutFolder take(Path out, @Nullable FolderLock lock) throws IOException {
    if (lock == null) {
      throw FacetException.usage(
          out + " is being made by another process: wait for it, or name another folder");
    }
    Staged.recover(out);
    return new OutFolder(out, lock, Changes.finish(out));
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
      return !content.iterator().hasNext();
    }
  }

  /** Whether changes were brought to an end that an earlier process had begun. */
  boolean isChanged() {
    return changed;
  }

  /** Whether something was begun that is not finished. */
  boolean isUnfinished(State state) throws IOException {
    Path parts = stateFolder().resolve("parts");
    return (Files.isDirectory(parts) && !isEmpty(parts))
        || Files.exists(stateFolder().resolve("plans").resolve(number(state.plans())));
  }

  /** The rows of plans that are finished, which nobody reads any more. */
  List<Path> finishedRows(int finished) throws IOException {
    List<Path> rows = new ArrayList<>();
    for (int plan = 0; plan < finished; plan++) {
      Path folder = stateFolder().resolve("plans").resolve(number(plan));
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.rows")) {
          found.forEach(rows::add);
        }
      }
    }
    return rows;
  }

  private static String number(int plan) {
    return String.format(Locale.ROOT, "%03d", plan);
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

  /** Keeps what shards are made with, once it is known that they can be. */
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

  /**
   * Writes {@code manifest.json} and {@code prepare.json}.
   *
   * @param counts as they stand there, before the command and where the data came from
   */
  void write(
      List<Manifest.ShardInfo> files,
      List<String> takenDown,
      Object counts,
      String command,
      Map<String, String> provenance)
      throws IOException {
    Manifest.of(command, provenance, files, takenDown).write(out);
    ObjectNode json = Json.PRETTY.valueToTree(counts);
    json.put("command", command);
    new TreeMap<>(provenance).forEach(json::put);
    Staged.write(out.resolve("prepare.json"), Json.PRETTY.writeValueAsString(json) + "\n");
  }

  Path stateFile() {
    return stateFolder().resolve("state.json");
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
