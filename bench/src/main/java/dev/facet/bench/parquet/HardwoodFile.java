package dev.facet.bench.parquet;

import dev.hardwood.Hardwood;
import dev.hardwood.InputFile;
import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ColumnReaders;
import dev.hardwood.reader.LayerKind;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowGroupPredicate;
import dev.hardwood.reader.Validity;
import dev.hardwood.schema.ColumnProjection;
import dev.hardwood.schema.ColumnSchema;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Hardwood's column readers, a row group at a time; values are views of its arrays. */
final class HardwoodFile implements LibraryFile {
  private final ParquetFileReader file;
  private final Map<Wanted, Integer> wanted;
  private final List<ColumnSchema> schema;
  private final ColumnProjection projection;
  private final List<Group> groups = new ArrayList<>();

  /**
   * @param hardwood whose threads unpack pages
   */
  HardwoodFile(Path path, Hardwood hardwood) throws IOException {
    file = hardwood.open(InputFile.of(path));
    schema = file.getFileSchema().getColumns();
    List<String> paths = schema.stream().map(column -> column.fieldPath().toString()).toList();
    wanted = Wanted.among(paths);
    projection = ColumnProjection.columns(Wanted.paths(wanted, paths).toArray(String[]::new));
    for (RowGroup group : file.getFileMetaData().rowGroups()) {
      List<Chunk> chunks = new ArrayList<>();
      for (int column : wanted.values()) {
        ColumnChunk chunk = group.columns().get(column);
        chunks.add(
            new Chunk(
                chunk.chunkStartOffset(),
                chunk.metaData().totalCompressedSize(),
                chunk.metaData().numValues(),
                schema.get(column).maxRepetitionLevel() == 0));
      }
      groups.add(new Group(group.numRows(), chunks));
    }
  }

  @Override
  public List<Group> groups() {
    return groups;
  }

  @Override
  public Map<Wanted, Column> read(int group) throws IOException {
    Map<Wanted, Column> columns = new EnumMap<>(Wanted.class);
    int rows = Math.toIntExact(groups.get(group).rows());
    try (ColumnReaders readers = readers(group, rows)) {
      while (readers.nextBatch()) {
        for (Map.Entry<Wanted, Integer> each : wanted.entrySet()) {
          ColumnSchema leaf = schema.get(each.getValue());
          copy(
              readers.getColumnReader(leaf.fieldPath().toString()),
              leaf.type(),
              columns.computeIfAbsent(each.getKey(), key -> new Column()));
        }
      }
    }
    for (Wanted each : wanted.keySet()) {
      columns.computeIfAbsent(each, key -> new Column()).of(rows);
    }
    return columns;
  }

  /** A row group is asked for by the middle of its bytes, which it has alone. */
  private synchronized ColumnReaders readers(int group, int rows) {
    List<ColumnChunk> chunks = file.getFileMetaData().rowGroups().get(group).columns();
    long bytes = chunks.stream().mapToLong(chunk -> chunk.metaData().totalCompressedSize()).sum();
    long middle = chunks.getFirst().chunkStartOffset() + bytes / 2;
    return file.buildColumnReaders(projection)
        .filter(RowGroupPredicate.byteRange(middle, middle + 1))
        .batchSize(rows)
        .build();
  }

  private static void copy(ColumnReader from, PhysicalType type, Column to) throws IOException {
    int[] first = null;
    for (int layer = 0; layer < from.getLayerCount(); layer++) {
      if (from.getLayerKind(layer) == LayerKind.REPEATED) {
        if (first != null) {
          throw new IOException("lists of lists are not read");
        }
        first = from.getLayerOffsets(layer);
      }
    }
    Validity present = from.getLeafValidity();
    boolean numbers = type == PhysicalType.DOUBLE;
    double[] doubles = numbers ? from.getDoubles() : new double[0];
    MemorySegment bytes =
        numbers ? MemorySegment.NULL : MemorySegment.ofArray(from.getBinaryValues());
    int[] offsets = numbers ? new int[0] : from.getBinaryOffsets();
    for (int row = 0; row < from.getRecordCount(); row++) {
      to.startRow();
      int end = first == null ? row + 1 : first[row + 1];
      for (int k = first == null ? row : first[row]; k < end; k++) {
        if (numbers) {
          to.add(doubles[k]);
        } else {
          to.add(present.isNull(k) ? null : bytes.asSlice(offsets[k], offsets[k + 1] - offsets[k]));
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
