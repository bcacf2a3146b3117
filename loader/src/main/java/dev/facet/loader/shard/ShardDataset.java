package dev.facet.loader.shard;

import dev.facet.base.FacetException;
import dev.facet.loader.Chunk;
import dev.facet.loader.Dataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Parquet files with pictures in them; a chunk is a row group. Only footers are read at the start.
 * Opening a chunk reads its row group into a direct buffer, of which the pictures are views (a
 * foreign file with compressed pictures has them unpacked on the heap).
 */
public final class ShardDataset implements Dataset {
  private final String name;
  private final List<Group> groups;
  private final BufferPool buffers;

  private ShardDataset(String name, List<Group> groups, BufferPool buffers) {
    this.name = name;
    this.groups = groups;
    this.buffers = buffers;
  }

  /**
   * Opens one split of a folder of shards, or of a single Parquet file.
   *
   * @throws FacetException if there are no shards, none of this split, or one is damaged
   */
  public static ShardDataset open(Path root, String split) {
    BufferPool buffers = new BufferPool();
    List<Group> groups = SplitIndex.groups(root, split, buffers);
    return new ShardDataset(root + " (" + split + ")", groups, buffers);
  }

  /** Rows of every split; reads the split column where no manifest tells. */
  public static SortedMap<String, Long> splits(Path root) {
    return SplitIndex.counts(root);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int chunkCount() {
    return groups.size();
  }

  @Override
  public int rowCount(int chunk) {
    return groups.get(chunk).rowCount();
  }

  @Override
  public Chunk open(int chunk) throws IOException {
    Group group = groups.get(chunk);
    return new ShardChunk(group, RowGroup.read(group.file, group.index, group.columns, buffers));
  }

  @Override
  public void close() {}

  /**
   * A row group, or the rows of one that are in the split.
   *
   * @param firstRow of the group within the file
   * @param columns read from it
   * @param selected numbers of the rows within the group; null means all
   */
  @SuppressWarnings("ArrayRecordComponent") // millions of numbers, never compared
  record Group(
      ShardFile file, int index, long firstRow, MessageType columns, int @Nullable [] selected) {

    int rowCount() {
      return selected == null ? file.groupRows().get(index) : selected.length;
    }

    int row(int index) {
      return selected == null ? index : selected[index];
    }
  }
}
