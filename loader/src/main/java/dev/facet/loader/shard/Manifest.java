package dev.facet.loader.shard;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.base.JsonProblem;
import dev.facet.base.Staged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code manifest.json} of a shard folder: what lies there and how it came about.
 *
 * @param schemaVersion of this file and of the columns of the shards
 * @param command that made the folder
 * @param provenance what else is known about the origin: generator, seed, data set, licence ...
 * @param rows by split
 * @param files in the order in which they are read
 * @param takenDown what was asked to be removed and must not come back: the SHA-256 of each entry
 *     of a take-down list, so that the manifest does not tell what it was; null if nothing was
 */
public record Manifest(
    int schemaVersion,
    String command,
    Map<String, String> provenance,
    Map<String, Long> rows,
    List<ShardInfo> files,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> takenDown) {

  /** A folder that nothing was taken down from. */
  public Manifest(
      int schemaVersion,
      String command,
      Map<String, String> provenance,
      Map<String, Long> rows,
      List<ShardInfo> files) {
    this(schemaVersion, command, provenance, rows, files, null);
  }

  /**
   * Of these shards, whose rows are added up.
   *
   * @param takenDown as it is kept; may be empty
   */
  public static Manifest of(
      String command,
      Map<String, String> provenance,
      List<ShardInfo> files,
      List<String> takenDown) {
    Map<String, Long> rows = new TreeMap<>();
    files.forEach(file -> rows.merge(file.split(), file.rows(), Long::sum));
    return new Manifest(
        VERSION,
        command,
        new TreeMap<>(provenance),
        rows,
        List.copyOf(files),
        takenDown.isEmpty() ? null : List.copyOf(takenDown));
  }

  public static final String NAME = "manifest.json";

  /** The version written, and the newest one understood. */
  public static final int VERSION = 1;

  /**
   * One shard.
   *
   * @param bytes length of the file, by which a copy cut short is found
   * @param groups rows of each row group, so that files need not be opened to be counted; null in
   *     manifests of older versions of this program
   */
  public record ShardInfo(
      String name, String split, long rows, long bytes, @Nullable List<Integer> groups) {

    /** Whether it names a file beside the manifest, and where its rows belong. */
    private boolean isComplete() {
      return name != null
          && split != null
          && rows >= 0
          && bytes >= 0
          && !name.isBlank()
          && !name.equals("..")
          && !name.equals(".")
          && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == 0);
    }

    private boolean isSound() {
      return groups == null
          || (groups.stream().allMatch(count -> count != null && count >= 0)
              && groups.stream().mapToLong(Integer::longValue).sum() == rows);
    }
  }

  /** The manifest of a folder, or null where there is none. */
  public static @Nullable Manifest read(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return null;
    }
    Manifest manifest;
    try {
      manifest = Json.LINE.readValue(file.toFile(), Manifest.class);
    } catch (JsonProcessingException e) {
      throw FacetException.run(file + " is not a manifest (" + JsonProblem.of(e) + "): " + CURE, e);
    } catch (IOException e) {
      throw FacetException.run("cannot read " + file + ": " + e.getMessage(), e);
    }
    if (manifest == null) {
      throw FacetException.run(file + " holds nothing: " + CURE);
    }
    if (manifest.schemaVersion > VERSION) {
      throw FacetException.run(
          String.format(
              Locale.ROOT,
              "%s has schema version %d, this program knows %d and older: use a newer facet",
              file,
              manifest.schemaVersion,
              VERSION));
    }
    if (manifest.files == null || manifest.rows == null) {
      throw FacetException.run(file + " lacks `files` or `rows`: " + CURE);
    }
    if (manifest.rows.values().stream().anyMatch(count -> count == null || count < 0)) {
      throw FacetException.run("%s has `rows` %s: %s".formatted(file, manifest.rows, CURE));
    }
    for (ShardInfo info : manifest.files) {
      if (info == null || !info.isComplete()) {
        throw FacetException.run(
            "%s has the entry %s where a shard's file name, split and rows are expected: %s"
                .formatted(file, info, CURE));
      }
      if (!info.isSound()) {
        throw FacetException.run(
            String.format(
                Locale.ROOT,
                "%s counts %d rows in %s, its row groups hold others: %s",
                file,
                info.rows,
                info.name,
                CURE));
      }
    }
    return manifest;
  }

  private static final String CURE =
      "make the shards again, or delete the manifest to read every *.parquet of the folder";

  /** Writes it beside its shards, in place of one that is there. */
  public void write(Path folder) throws IOException {
    try (Staged staged = Staged.file(folder.resolve(NAME))) {
      Json.PRETTY.writeValue(staged.path().toFile(), this);
      staged.commit();
    }
  }
}
