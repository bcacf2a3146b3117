package dev.facet.prepare.whole;

import dev.facet.loader.shard.Manifest;
import dev.facet.prepare.duplicates.DuplicateSettings;
import dev.facet.prepare.takedown.TakedownList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a take-down list means in a folder of shards, with all copies of it, and writes anew
 * what holds it. Which photos are copies is told by their perceptual hashes where the folder has
 * these; else by equal bytes alone.
 *
 * @param folder of the shards
 * @param photos what is known of their photos; need not exist
 */
public record Removal(Path folder, Path photos, DuplicateSettings duplicates) {
  /**
   * What was found.
   *
   * @param rows of the shards that go
   * @param outcomes lines of {@code rows/} that tell nothing any more
   * @param rewritten names of shards
   * @param emptied names of shards that have no row any more
   * @param files all shards there are then
   * @param meant the list with all that it was found to mean
   * @param names ids, addresses and digests of all that goes
   * @param counts of what is there then; null if that was not known before
   */
  public record Result(
      long rows,
      long outcomes,
      List<String> rewritten,
      List<String> emptied,
      List<Manifest.ShardInfo> files,
      TakedownList meant,
      SortedSet<String> names,
      @Nullable Counts counts) {
    /** Whether nothing of the list is there. */
    public boolean isNothing() {
      return rows == 0 && outcomes == 0;
    }
  }

  /**
   * Writes what changes, under the same names.
   *
   * @param target a folder for it
   * @param counts of what is there now, if they are known
   */
  public Result write(
      TakedownList list, List<Manifest.ShardInfo> shards, @Nullable Counts counts, Path target)
      throws IOException {
    Removed removed = new Removed(list);
    ShardRemoval samples = new ShardRemoval(folder, shards, removed);
    RowRemoval outcomes = new RowRemoval(folder.resolve("rows"), removed);
    samples.find();
    outcomes.find();
    KnownPhotos known = KnownPhotos.read(photos);
    known.addCopies(removed.photos(), duplicates);
    outcomes.write(target.resolve("rows"));
    samples.write(target, outcomes.isEmpty());
    if (Files.exists(photos) && outcomes.rows() > 0) {
      long[] digests = known.marks(KnownPhotos.Mark.DIGEST, 0);
      known.write(
          target.resolve(folder.relativize(photos)),
          photo -> removed.photos().contains(digests[photo]),
          sink -> {});
    }
    TakedownList meant = removed.meant();
    return new Result(
        samples.rows(),
        outcomes.rows(),
        samples.rewritten(),
        samples.emptied(),
        samples.left(),
        meant,
        removed.names(),
        counts == null
            ? null
            : counts.without(
                outcomes.results(),
                samples.bytes(),
                samples.sides(),
                samples.words(),
                list::hasHost));
  }
}
