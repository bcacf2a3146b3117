package dev.facet.prepare;

import dev.facet.base.Json;
import dev.facet.base.Staged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Changes to many files of a folder that all come or none: what is new lies in a folder of its own,
 * with a list of what goes. From when that folder has its name, a process that was killed is
 * followed by one that brings it to its end.
 */
final class Changes implements AutoCloseable {
  private static final String NAME = ".takedown";
  private static final String GONE = "gone.json";

  private final Path folder;
  private final Staged staged;

  /** Begins; nothing changes until {@link #commit}. */
  Changes(Path folder) throws IOException {
    this.folder = folder;
    this.staged = Staged.directory(folder.resolve(NAME));
  }

  /** Where new files are written, under the names that they will have in the folder. */
  Path path() {
    return staged.path();
  }

  /**
   * Makes the changes.
   *
   * @param gone files of the folder that are removed
   */
  void commit(List<Path> gone) throws IOException {
    List<String> names = gone.stream().map(file -> folder.relativize(file).toString()).toList();
    Files.writeString(staged.path().resolve(GONE), Json.LINE.writeValueAsString(names));
    staged.commit();
    finish(folder);
  }

  /** Brings changes that were begun to their end; returns whether there were any. */
  static boolean finish(Path folder) throws IOException {
    Path changes = folder.resolve(NAME);
    if (!Files.isDirectory(changes)) {
      return false;
    }
    Path list = changes.resolve(GONE);
    if (Files.exists(list)) {
      List<Path> files;
      try (Stream<Path> all = Files.walk(changes)) {
        files = all.filter(Files::isRegularFile).filter(file -> !file.equals(list)).toList();
      }
      for (Path file : files) {
        Path target = folder.resolve(changes.relativize(file).toString());
        Files.move(
            file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
      for (String gone : List.of(Json.read(list, String[].class, 1L << 30))) {
        Files.deleteIfExists(folder.resolve(gone));
      }
    }
    Staged.delete(changes);
    return true;
  }

  @Override
  public void close() throws IOException {
    staged.close();
  }
}
