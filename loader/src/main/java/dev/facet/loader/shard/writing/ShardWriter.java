package dev.facet.loader.shard.writing;

import dev.facet.base.FacetException;
import dev.facet.base.Staged;
import dev.facet.loader.shard.Manifest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Writes a folder of shards: Parquet files {@code SPLIT-00000.parquet} ... and {@code
 * manifest.json}. Rows keep the order in which they come, so shuffle them first. The folder appears
 * at {@link #commit}, whole; closing without it leaves nothing. For one thread.
 */
public final class ShardWriter implements AutoCloseable {
  private static final Pattern SPLIT = Pattern.compile("[A-Za-z0-9_]+");

  /**
   * How rows are grouped.
   *
   * @param rowsPerGroup rows read in one go; a few hundred
   * @param rowsPerShard rows of a file
   * @param command for the manifest: what the user typed
   * @param provenance for the manifest: where the data comes from
   */
  public record Settings(
      int rowsPerGroup, int rowsPerShard, String command, Map<String, String> provenance) {

    /** Groups that a loader can mix well and shards that a network copies well. */
    public static Settings of(String command, Map<String, String> provenance) {
      return new Settings(256, 16_384, command, provenance);
    }
  }

  private final Staged folder;
  private final Settings settings;
  private final Map<String, SplitWriter> splits = new TreeMap<>();

  /**
   * Starts a folder.
   *
   * @throws FacetException if something lies at {@code dir} already
   */
  public ShardWriter(Path dir, Settings settings) throws IOException {
    if (settings.rowsPerGroup < 1 || settings.rowsPerShard < settings.rowsPerGroup) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "rows per group must be at least 1 and at most the rows per shard; got %d and %d",
              settings.rowsPerGroup,
              settings.rowsPerShard));
    }
    refuseOccupied(dir);
    this.settings = settings;
    this.folder = Staged.directory(dir);
  }

  /** Replacing a folder means deleting it, and what is in it may be anything. */
  private static void refuseOccupied(Path dir) throws IOException {
    if (!Files.exists(dir)) {
      return;
    }
    if (Files.isDirectory(dir)) {
      try (DirectoryStream<Path> content = Files.newDirectoryStream(dir)) {
        if (!content.iterator().hasNext()) {
          return;
        }
      }
    }
    throw FacetException.usage(
        "the output folder " + dir + " exists already: delete it or name another one");
  }

  /** Adds a row to its split. */
  public void write(ShardRow row) throws IOException {
    SplitWriter split = splits.get(row.split());
    if (split == null) {
      if (!SPLIT.matcher(row.split()).matches()) {
        throw FacetException.usage(
            "split '%s' of row %s cannot name a file: use letters, digits and _ only"
                .formatted(row.split(), row.id()));
      }
      split = new SplitWriter(folder.path(), row.split(), settings);
      splits.put(row.split(), split);
    }
    split.write(row);
  }

  /** Writes the manifest and gives the folder its name. */
  public Manifest commit() throws IOException {
    List<Manifest.ShardInfo> files = new ArrayList<>();
    for (SplitWriter split : splits.values()) {
      split.close();
      files.addAll(split.files());
    }
    Manifest manifest = Manifest.of(settings.command, settings.provenance, files, List.of());
    manifest.write(folder.path());
    folder.commit();
    return manifest;
  }

  @Override
  public void close() throws IOException {
    try (folder) {
      for (SplitWriter split : splits.values()) {
        split.close();
      }
    }
  }
}
