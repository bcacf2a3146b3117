package dev.facet.loader.shard;

import dev.facet.base.FacetException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import dev.facet.loader.index.ListedFile;
import dev.facet.loader.parquet.BlockPool;
import dev.facet.loader.vector.VectorWidth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Parquet files with pictures in them; a chunk is a row group. Opening a chunk reads its row group
 * into native memory, of which pictures are views; packed columns are unpacked there. That memory
 * is used again when the chunk is closed. A footer is read when the first chunk of its file is
 * opened, unless no manifest says what is in the file.
 */
public final class ShardDataset implements Dataset {
  private final String name;
  private final List<ShardGroup> groups;
  private final DataSource source;
  private final ShardMemory memory;
  // By the folder that their Parquet files are in.
  private final Map<Path, NamedPictures> named = new ConcurrentHashMap<>();

  private ShardDataset(
      String name, List<ShardGroup> groups, DataSource source, ShardMemory memory) {
    this.name = name;
    this.groups = groups;
    this.source = source;
    this.memory = memory;
  }

  /**
   * Opens one split of a folder of shards, of a folder of Parquet files, or of a single one.
   *
   * @throws FacetException if there are none, none of this split, one is damaged, or one lacks the
   *     columns with pictures or captions
   */
  public static ShardDataset open(DataSource source, String split) {
    return open(source, split, new ColumnMapper(source, true));
  }

  /** {@link #open(DataSource, String)} under the usual names of columns. */
  public static ShardDataset open(Path root, String split) {
    return open(DataSource.of(root), split);
  }

  /** For {@link #captions} alone; files without pictures will do. */
  static ShardDataset openCaptions(DataSource source, String split) {
    return open(source, split, new ColumnMapper(source, false));
  }

  private static ShardDataset open(DataSource source, String split, ColumnMapper mapper) {
    ShardMemory memory = new ShardMemory();
    List<ShardGroup> groups = SplitIndex.groups(source, split, mapper, memory);
    String name = source.root() + " (" + split + ")";
    return new ShardDataset(name, groups, source, memory);
  }

  /** Rows of every split; reads the split column where no manifest tells. */
  public static SortedMap<String, Long> splits(DataSource source) {
    ColumnMapper mapper = new ColumnMapper(source, true);
    try (ShardMemory memory = new ShardMemory()) {
      return SplitIndex.counts(source, mapper, memory);
    }
  }

  /** {@link #splits(DataSource)} under the usual names of columns. */
  public static SortedMap<String, Long> splits(Path root) {
    return splits(DataSource.of(root));
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
    return groups.get(chunk).rows();
  }

  @Override
  public long bytes(int chunk) {
    return BlockPool.most(groups.get(chunk).bytes());
  }

  /** The most native memory that was ever held for chunks. */
  long mostHeld() {
    return memory.blocks().mostUsed();
  }

  @Override
  public Chunk open(int chunk) throws IOException {
    ShardGroup group = groups.get(chunk);
    RowGroup content = RowGroupReader.read(group.file(), group.index(), WantedColumns.ROWS, memory);
    return new ShardChunk(group, filler(group), content, memory);
  }

  @Override
  public List<List<String>> captions(int chunk) throws IOException {
    ShardGroup group = groups.get(chunk);
    RowGroup content =
        RowGroupReader.read(group.file(), group.index(), WantedColumns.CAPTIONS, memory);
    try {
      RowFiller filler = filler(group);
      List<List<String>> captions = new ArrayList<>();
      Row row = new Row();
      for (int i = 0; i < group.rows(); i++) {
        row.clear();
        filler.readCaptions(content, group.row(i), row);
        if (row.captionCount() > 0) {
          captions.add(row.captions());
        }
      }
      return captions;
    } finally {
      memory.give(content);
    }
  }

  @Override
  public void describe(int chunk, Consumer<Row> visitor) throws IOException {
    ShardGroup group = groups.get(chunk);
    RowGroup content =
        RowGroupReader.read(group.file(), group.index(), WantedColumns.LABELS, memory);
    try {
      RowFiller filler = filler(group);
      Row row = new Row();
      for (int i = 0; i < group.rows(); i++) {
        int r = group.row(i);
        row.clear();
        row.place(group.file().name(), group.firstRow() + r);
        filler.describe(content, r, row);
        visitor.accept(row);
      }
    } finally {
      memory.give(content);
    }
  }

  /** {@inheritDoc} Most of the first rows decide; a row of another width is a bad sample. */
  @Override
  public int vectorWidth() {
    return source.vectors() == null ? 0 : VectorWidth.of(this);
  }

  private RowFiller filler(ShardGroup group) {
    ColumnMap columns = group.file().contents().columns();
    Path file = group.file().path();
    NamedPictures pictures =
        columns.path() == ColumnMap.NONE
            ? NamedPictures.NONE
            : named.computeIfAbsent(
                ListedFile.parent(file), folder -> NamedPictures.of(source, file));
    return new RowFiller(columns, source.dropPrefix(), pictures);
  }

  @Override
  public String sought() {
    ShardFile file = groups.getFirst().file();
    ColumnMap columns = file.contents().columns();
    if (columns.path() == ColumnMap.NONE) {
      return Dataset.super.sought();
    }
    boolean addresses =
        columns.source() != ColumnMap.NONE
            && columns.wanted().get(columns.source()).name().equals("url");
    return "pictures were looked for below %s (data.image_root), by the paths in %s%s"
        .formatted(
            NamedPictures.folders(source, file.path()).stream()
                .map(Path::toString)
                .collect(Collectors.joining(" and ")),
            columns.wanted().get(columns.path()).name(),
            addresses ? "; if you have but their addresses (url), download them first" : "");
  }

  @Override
  public void close() {
    memory.close();
  }
}
