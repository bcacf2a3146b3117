package dev.facet.loader.table;

import dev.facet.loader.shard.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes one shard of vectors and captions, row by row in the order in which they come: columns
 * {@code id}, {@code embedding} (a list of float or float16), {@code captions}, those of named
 * captions, {@code source} and {@code split}. For one thread.
 */
public final class EmbeddingShardWriter implements AutoCloseable {
  private static final String CAPTIONS = "captions";
  private static final String SOURCE = "source";
  private static final String SPLIT = "split";

  private final Path file;
  private final int width;
  private final VectorFileWriter rows;

  /**
   * @param file that must not exist; its name is no matter
   * @param width numbers of every vector
   * @param half whether numbers take 2 bytes, not 4
   * @param named captions that are kept in columns of their own as well
   * @param rowsPerGroup rows read in one go; a few thousand
   */
  public EmbeddingShardWriter(
      Path file, int width, boolean half, List<String> named, int rowsPerGroup) throws IOException {
    this.file = file;
    this.width = width;
    VectorFields fields =
        new VectorFields(
            width, half, List.of(CAPTIONS), named, List.of(SOURCE, SPLIT), List.of(), List.of());
    this.rows = new VectorFileWriter(file, fields, rowsPerGroup);
  }

  /** Adds a row, whose vector is as wide as all are. */
  public void write(EmbeddingRow row) throws IOException {
    if (row.vector().length != width) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "row %s has a vector of %d numbers where all have %d",
              row.id(),
              row.vector().length,
              width));
    }
    Map<String, List<String>> lists = new LinkedHashMap<>(row.named());
    lists.put(CAPTIONS, row.captions());
    rows.write(
        new VectorRow(
            row.id(),
            row.vector(),
            0,
            lists,
            Map.of(SOURCE, row.source(), SPLIT, row.split()),
            Map.of()));
  }

  /** How many were written. */
  public long count() {
    return rows.count();
  }

  /**
   * Finishes the file.
   *
   * @param name that the file will have
   * @return its entry in the manifest
   */
  public Manifest.ShardInfo finish(String name, String split) throws IOException {
    close();
    return new Manifest.ShardInfo(name, split, count(), Files.size(file), rows.groups());
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
