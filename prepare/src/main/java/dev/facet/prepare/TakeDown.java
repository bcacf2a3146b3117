package dev.facet.prepare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.loader.shard.Manifest;
import dev.facet.prepare.duplicates.DuplicateSettings;
import dev.facet.prepare.takedown.TakedownList;
import dev.facet.prepare.whole.Counts;
import dev.facet.prepare.whole.Removal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Removes from a folder of shards what a take-down list names, with all copies, for good. */
public final class TakeDown {
  /**
   * What was done.
   *
   * @param rows of the shards that were removed
   * @param outcomes lines of {@code rows/} that tell nothing any more
   * @param rewritten names of shards that were written anew
   * @param emptied names of shards that are gone
   * @param resumed whether an earlier take-down, which was stopped, was brought to its end first
   * @param removed other files that held it and are gone, as they can be made again
   * @param left files that still hold it
   */
  public record Result(
      long rows,
      long outcomes,
      List<String> rewritten,
      List<String> emptied,
      boolean resumed,
      List<Path> removed,
      List<Remains.File> left) {}

  private TakeDown() {}

  /**
   * Takes down what is named.
   *
   * @param duplicates what was taken for a copy when the shards were made
   * @throws FacetException if the folder has no shards, or a preparation in it is not finished
   */
  public static Result run(Path folder, TakedownList list, DuplicateSettings duplicates) {
    try (OutFolder shards = OutFolder.takeShards(folder)) {
      if (shards.isUnfinished(shards.state())) {
        throw FacetException.usage(
            "a preparation in "
                + folder
                + " is not finished: run its command again with --takedown, which leaves out what"
                + " the list names from all that is there and that comes");
      }
      return from(shards, list, duplicates);
    } catch (IOException e) {
      throw FacetException.run(
          "cannot take down from %s (%s): mend that and run the same command again"
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  static Result from(OutFolder folder, TakedownList list, DuplicateSettings duplicates)
      throws IOException {
    OutFolder.State state = folder.state();
    Path path = folder.path();
    Manifest manifest = Manifest.read(path);
    if (manifest == null) {
      throw FacetException.usage(path + " has no manifest.json any more: put it back");
    }
    TakedownList all =
        TakedownList.of(manifest.takenDown()).with(TakedownList.of(state.takenDown())).with(list);
    try (Changes changes = new Changes(path)) {
      Removal.Result found =
          new Removal(path, folder.photos(state), duplicates)
              .write(all, manifest.files(), state.counts(), changes.path());
      List<String> entries = found.meant().entries();
      boolean prepared = Files.exists(folder.stateFile());
      if (found.isNothing()
          && entries.equals(manifest.takenDown())
          && (!prepared || entries.equals(state.takenDown()))) {
        return result(folder, found, List.of(), List.of());
      }
      writeManifest(manifest, found, entries, changes.path());
      if (prepared) {
        Counts counts = found.counts();
        write(
            changes.path().resolve(path.relativize(folder.stateFile())),
            Json.PRETTY.valueToTree(new OutFolder.State(state.plans(), entries, counts)));
        if (counts != null && !found.isNothing()) {
          writeCounts(path.resolve("prepare.json"), counts, changes.path());
        }
      }
      List<Path> removed = found.isNothing() ? List.of() : Remains.caches(path, found.names());
      List<Path> gone = new ArrayList<>(folder.finishedRows(state.plans()));
      found.emptied().forEach(name -> gone.add(path.resolve(name)));
      removed.stream().filter(file -> file.startsWith(path)).forEach(gone::add);
      changes.commit(gone);
      for (Path cache : removed) {
        Files.deleteIfExists(cache);
      }
      List<Remains.File> left =
          found.isNothing() ? List.of() : Remains.of(path, found.files(), found.names());
      return result(folder, found, removed, left);
    }
  }

  private static Result result(
      OutFolder folder, Removal.Result found, List<Path> removed, List<Remains.File> left) {
    return new Result(
        found.rows(),
        found.outcomes(),
        found.rewritten(),
        found.emptied(),
        folder.isChanged(),
        removed,
        left);
  }

  private static void writeManifest(
      Manifest before, Removal.Result found, List<String> entries, Path target) throws IOException {
    Manifest after = Manifest.of(before.command(), before.provenance(), found.files(), entries);
    write(target.resolve(Manifest.NAME), Json.PRETTY.valueToTree(after));
  }

  /** What the file says besides, stays. */
  private static void writeCounts(Path file, Counts counts, Path target) throws IOException {
    ObjectNode json =
        Files.exists(file) ? Json.read(file, ObjectNode.class) : Json.PRETTY.createObjectNode();
    ObjectNode now = Json.PRETTY.valueToTree(counts);
    json.setAll(now);
    write(target.resolve("prepare.json"), json);
  }

  private static void write(Path file, ObjectNode json) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, Json.PRETTY.writeValueAsString(json) + "\n");
  }
}
