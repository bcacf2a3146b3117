package dev.facet.loader.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.loader.shard.writing.RowFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * Writes objects of texts and whole numbers as a Parquet file; what an object lacks is null. For
 * one thread.
 */
public final class ObjectTableWriter implements AutoCloseable {
  private final ParquetWriter<JsonNode> rows;

  /**
   * @param file that must not exist
   * @param texts names of columns of texts
   * @param numbers names of columns of whole numbers of 32 bits, which come after the texts
   */
  public ObjectTableWriter(Path file, List<String> texts, List<String> numbers) throws IOException {
    Types.MessageTypeBuilder schema = Types.buildMessage();
    for (String name : texts) {
      schema.addField(
          Types.optional(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(name));
    }
    for (String name : numbers) {
      schema.addField(Types.optional(PrimitiveTypeName.INT32).named(name));
    }
    rows =
        new RowFile<>(file, new Support(schema.named("table")))
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .build();
  }

  /** Adds a row; fields without a column are left out. */
  public void write(JsonNode row) throws IOException {
    rows.write(row);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }

  private static final class Support extends WriteSupport<JsonNode> {
    private final MessageType schema;

    @SuppressWarnings("NullAway.Init") // Parquet calls prepareForWrite before the first write
    private RecordConsumer out;

    Support(MessageType schema) {
      this.schema = schema;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in the library, so it has to be here
    public WriteContext init(Configuration configuration) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      out = consumer;
    }

    @Override
    public void write(JsonNode row) {
      out.startMessage();
      for (int i = 0; i < schema.getFieldCount(); i++) {
        Type column = schema.getType(i);
        JsonNode value = row.path(column.getName());
        if (!value.isNull() && !value.isMissingNode()) {
          out.startField(column.getName(), i);
          PrimitiveType type = column.asPrimitiveType();
          if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT32) {
            out.addInteger(value.intValue());
          } else {
            out.addBinary(Binary.fromString(value.asText()));
          }
          out.endField(column.getName(), i);
        }
      }
      out.endMessage();
    }
  }
}
