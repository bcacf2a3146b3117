package dev.facet.loader.shard.writing;

import dev.facet.loader.shard.Codecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.GroupWriter;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Copies a shard without some of its rows: all columns, whatever they are, each packed as it was,
 * and the notes of the file. Row groups are as large as the largest of them was.
 *
 * @param groups rows of each row group of the copy; none if no row stays, and then there is no copy
 * @param pictureBytes of the rows that were left out
 */
public record ShardCopy(List<Integer> groups, long pictureBytes) {

  /**
   * Copies.
   *
   * @param to must not exist
   * @param keeps whether a row stays, by its number in the file
   * @throws IOException if the file is damaged, or packed by a codec that shards are not
   */
  public static ShardCopy write(Path from, Path to, LongPredicate keeps) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new Codecs())
            .build();
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(from), options)) {
      FileMetaData file = reader.getFooter().getFileMetaData();
      ParquetWriter<Group> writer = packed(to, file, reader.getRowGroups());
      long count = 0;
      long pictureBytes = 0;
      boolean pictures = hasPictures(file.getSchema());
      try (writer) {
        long row = 0;
        for (PageReadStore pages = reader.readNextRowGroup();
            pages != null;
            pages = reader.readNextRowGroup()) {
          RecordReader<Group> records =
              new ColumnIOFactory()
                  .getColumnIO(file.getSchema())
                  .getRecordReader(pages, new GroupRecordConverter(file.getSchema()));
          for (long left = pages.getRowCount(); left > 0; left--) {
            Group record = records.read();
            if (keeps.test(row++)) {
              writer.write(record);
              count++;
            } else if (pictures && record.getFieldRepetitionCount(ShardSchema.IMAGE) > 0) {
              pictureBytes += record.getBinary(ShardSchema.IMAGE, 0).length();
            }
          }
        }
      } catch (RuntimeException e) {
        throw new IOException(from + " cannot be read (" + e.getMessage() + ")", e);
      }
      if (count == 0) {
        Files.delete(to);
        return new ShardCopy(List.of(), pictureBytes);
      }
      return new ShardCopy(RowFile.groups(writer), pictureBytes);
    }
  }

  private static boolean hasPictures(MessageType columns) {
    return columns.containsField(ShardSchema.IMAGE)
        && columns.getType(ShardSchema.IMAGE).isPrimitive()
        && columns.getType(ShardSchema.IMAGE).asPrimitiveType().getPrimitiveTypeName()
            == PrimitiveType.PrimitiveTypeName.BINARY;
  }

  /** Packs every column as it is packed in the first row group. */
  private static ParquetWriter<Group> packed(Path to, FileMetaData file, List<BlockMetaData> groups)
      throws IOException {
    long most = groups.stream().mapToLong(BlockMetaData::getRowCount).max().orElse(1);
    RowFile<Group> rows =
        new RowFile<>(to, new Records(file))
            .withRowGroupRowCountLimit(Math.toIntExact(Math.max(1, most)))
            .withRowGroupSize(ShardFileWriter.MOST_BYTES_PER_GROUP);
    List<ColumnChunkMetaData> chunks =
        groups.isEmpty() ? List.of() : groups.getFirst().getColumns();
    for (ColumnChunkMetaData chunk : chunks) {
      String column = chunk.getPath().toDotString();
      boolean told = chunk.getStatistics() != null && !chunk.getStatistics().isEmpty();
      rows.withCompressionCodec(column, chunk.getCodec())
          .withDictionaryEncoding(
              column, chunk.getEncodings().stream().anyMatch(Encoding::usesDictionary))
          .withStatisticsEnabled(column, told)
          .withSizeStatisticsEnabled(column, told);
    }
    return rows.build();
  }

  /** Writes records as they were read. */
  private static final class Records extends WriteSupport<Group> {
    private final MessageType columns;
    private final Map<String, String> notes;

    @SuppressWarnings("NullAway.Init") // Parquet calls prepareForWrite before the first write
    private GroupWriter writer;

    Records(FileMetaData file) {
      columns = file.getSchema();
      notes = file.getKeyValueMetaData();
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in the library, so it has to be here
    public WriteContext init(Configuration configuration) {
      return new WriteContext(columns, notes);
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return new WriteContext(columns, notes);
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      writer = new GroupWriter(consumer, columns);
    }

    @Override
    public void write(Group record) {
      writer.write(record);
    }
  }
}
