package dev.facet.bench.parquet;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** Parquet-java's column readers, a row group at a time; values are views of its pages. */
final class ParquetJavaFile implements LibraryFile {
  private final InputFile input;
  private final ParquetReadOptions options;
  private final ParquetMetadata footer;
  private final Map<Wanted, ColumnDescriptor> wanted = new EnumMap<>(Wanted.class);
  private final List<Group> groups = new ArrayList<>();

  ParquetJavaFile(Path path) throws IOException {
    input = new LocalInputFile(path);
    options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new PageCodecs())
            .usePageChecksumVerification()
            .build();
    try (ParquetFileReader reader = ParquetFileReader.open(input, options)) {
      footer = reader.getFooter();
    }
    List<ColumnDescriptor> leaves = schema().getColumns();
    Map<Wanted, Integer> places =
        Wanted.among(leaves.stream().map(leaf -> String.join(".", leaf.getPath())).toList());
    places.forEach((each, place) -> wanted.put(each, leaves.get(place)));
    for (BlockMetaData block : footer.getBlocks()) {
      List<Chunk> chunks = new ArrayList<>();
      for (int place : places.values()) {
        ColumnChunkMetaData chunk = block.getColumns().get(place);
        chunks.add(
            new Chunk(
                chunk.getStartingPos(),
                chunk.getTotalSize(),
                chunk.getValueCount(),
                leaves.get(place).getMaxRepetitionLevel() == 0));
      }
      groups.add(new Group(block.getRowCount(), chunks));
    }
  }

  private MessageType schema() {
    return footer.getFileMetaData().getSchema();
  }

  @Override
  public List<Group> groups() {
    return groups;
  }

  @Override
  public Map<Wanted, Column> read(int group) throws IOException {
    Map<Wanted, Column> columns = new EnumMap<>(Wanted.class);
    int rows = Math.toIntExact(groups.get(group).rows());
    try (ParquetFileReader reader =
        ParquetFileReader.open(input, footer, options, input.newStream())) {
      reader.setRequestedSchema(List.copyOf(wanted.values()));
      PageReadStore pages = reader.readRowGroup(group);
      ColumnReadStoreImpl store =
          new ColumnReadStoreImpl(
              pages, new Unconverted(schema()), schema(), footer.getFileMetaData().getCreatedBy());
      for (Map.Entry<Wanted, ColumnDescriptor> each : wanted.entrySet()) {
        Column column = new Column();
        long values = pages.getPageReader(each.getValue()).getTotalValueCount();
        copy(store.getColumnReader(each.getValue()), values, column);
        columns.put(each.getKey(), column.of(rows));
      }
    }
    return columns;
  }

  private static void copy(ColumnReader from, long values, Column to) {
    ColumnDescriptor leaf = from.getDescriptor();
    boolean numbers = leaf.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE;
    boolean optional = leaf.getPrimitiveType().isRepetition(Type.Repetition.OPTIONAL);
    int full = leaf.getMaxDefinitionLevel();
    for (long k = 0; k < values; k++) {
      if (from.getCurrentRepetitionLevel() == 0) {
        to.startRow();
      }
      int level = from.getCurrentDefinitionLevel();
      if (level < full) {
        if (optional && level == full - 1) {
          to.add(null);
        }
      } else if (numbers) {
        to.add(from.getDouble());
      } else {
        to.add(MemorySegment.ofBuffer(from.getBinary().toByteBuffer()));
      }
      from.consume();
    }
  }

  @Override
  public void close() {}

  /** Column readers ask for converters, which nobody calls where values are taken one by one. */
  private static final class Unconverted extends GroupConverter {
    private final GroupType type;

    Unconverted(GroupType type) {
      this.type = type;
    }

    @Override
    public Converter getConverter(int field) {
      Type its = type.getType(field);
      return its.isPrimitive() ? new PrimitiveConverter() {} : new Unconverted(its.asGroupType());
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
