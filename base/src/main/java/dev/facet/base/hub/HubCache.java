package dev.facet.base.hub;

import dev.facet.base.Staged;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A repository in the cache, as huggingface_hub lays it out ("Understand caching"): what files hold
 * in {@code blobs}, their names as links in {@code snapshots/COMMIT}, in {@code refs} the commit
 * that a branch or tag was, and in {@code .no_exist/COMMIT} the names of files that it does not
 * have.
 */
final class HubCache {
  private final Path folder;

  HubCache(HubSettings settings, HubName name) {
    this.folder = settings.cache().resolve(name.folder());
  }

  /** The commit that a revision was when it was last asked for; empty if it never was. */
  Optional<String> commit(HubName name) throws IOException {
    if (name.isPinned()) {
      return Optional.of(name.revision());
    }
    Path ref = folder.resolve("refs").resolve(name.revision());
    if (!Files.isRegularFile(ref)) {
      return Optional.empty();
    }
    return Optional.of(Files.readString(ref).strip()).filter(HubName::isCommit);
  }

  void remember(HubName name, String commit) throws IOException {
    if (!name.isPinned() && !commit(name).equals(Optional.of(commit))) {
      Staged.write(folder.resolve("refs").resolve(name.revision()), commit);
    }
  }

  Path snapshot(String commit) {
    return folder.resolve("snapshots").resolve(commit);
  }

  /** The names of the files that a snapshot has. */
  List<String> files(String commit) throws IOException {
    Path snapshot = snapshot(commit);
    if (!Files.isDirectory(snapshot)) {
      return List.of();
    }
    try (Stream<Path> tree = Files.walk(snapshot)) {
      return tree.filter(Files::isRegularFile)
          .map(file -> snapshot.relativize(file).toString().replace('\\', '/'))
          .toList();
    }
  }

  /** Whether a snapshot has a file of this name, and its bytes. */
  boolean has(String commit, String name) {
    return Files.isRegularFile(snapshot(commit).resolve(name));
  }

  /** Whether it is known that a commit has no file of this name. */
  boolean lacks(String commit, String name) {
    return Files.exists(absent(commit, name));
  }

  /** Remembers that a commit has no file of this name. */
  void noteAbsent(String commit, String name) throws IOException {
    if (!lacks(commit, name)) {
      Staged.write(absent(commit, name), "");
    }
  }

  private Path absent(String commit, String name) {
    return folder.resolve(".no_exist").resolve(commit).resolve(name);
  }

  /** What a file of this tag holds, whether it is there already or not. */
  Path blob(HubFile file) {
    return folder.resolve("blobs").resolve(file.tag());
  }

  /** Gives a blob its name in a snapshot: as a link, or as a copy where there are no links. */
  void link(String commit, String name, HubFile file) throws IOException {
    Path blob = blob(file);
    Path target = snapshot(commit).resolve(name);
    try (Staged staged = Staged.file(target)) {
      Path from = Objects.requireNonNull(target.getParent());
      try {
        Files.createSymbolicLink(staged.path(), from.relativize(blob));
      } catch (UnsupportedOperationException | FileSystemException _) {
        Files.copy(blob, staged.path());
      }
      staged.commit();
    }
  }
}
